"""`.htaccess` for Apache 2.4, in the folder of the release: MultiViews negotiates by RFC 9110, with weights.

It works in any folder of a host. Needed are the modules mime, negotiation, dir, headers and rewrite, and
`AllowOverride All` for the folder.

Spec: <https://httpd.apache.org/docs/2.4/content-negotiation.html>, <https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html>.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.publish.catalogue.paging import PATHS
from eugraph.publish.hosting.rules import Former, Rule, Rules, literal
from eugraph.publish.media_types import (
    FOR_EVER,
    FRAME,
    FRAMES,
    LINKSET,
    LINKSET_TYPE,
    MEDIA_TYPES,
    NEGOTIATED,
    VOID,
    WITH_CHARSET,
)

FILE = ".htaccess"
_PREFERENCE = dict(zip((*NEGOTIATED, "rdf"), ("", ";qs=0.999", ";qs=0.998", ";qs=0.997"), strict=True))


def write(rules: Rules) -> str:
    """Return the file."""
    return "".join(f"{line}\n" for line in _lines(rules))


def _lines(rules: Rules) -> Iterator[str]:
    yield "# How Apache 2.4 publishes this release. Made with the release; do not edit."
    yield "DirectoryIndex index.html"
    yield "Options -Indexes +MultiViews"
    yield ""
    for ending, media_type in MEDIA_TYPES.items():
        yield f'AddType "{media_type}{_PREFERENCE.get(ending, "")}" .{ending}'
    yield f"AddCharset utf-8 {' '.join(f'.{ending}' for ending in WITH_CHARSET)}"
    yield "RemoveEncoding .gz"
    yield f'<Files "{VOID.rpartition("/")[2]}">'
    yield f"    ForceType {MEDIA_TYPES['ttl']}"
    yield "</Files>"
    yield f'<Files "{LINKSET}">'
    yield f"    ForceType {LINKSET_TYPE}"
    yield "</Files>"
    yield f'<If "%{{REQUEST_URI}} =~ m#/{FRAMES}[^/]+[.]jsonld$#">'
    yield f"    ForceType {_in_quotes(FRAME)}"
    yield "</If>"
    yield rf'<FilesMatch "^{PATHS}\.html$">'  # who asks for the catalogue and says nothing gets RDF
    yield f'    ForceType "{MEDIA_TYPES["html"]};qs=0.9"'
    yield "</FilesMatch>"
    yield ""
    yield 'Header always set Access-Control-Allow-Origin "*"'
    yield 'Header always set Access-Control-Expose-Headers "Content-Location, ETag, Link, Location, Vary"'
    yield 'Header always set X-Content-Type-Options "nosniff"'
    yield r'Header edit Content-Type "; ?qs=[0-9.]+" ""'  # the preference is no part of the type
    if rules.lasting:
        yield "# Pages of the change feed that are full."
        yield f'<FilesMatch "^{rules.lasting}$">'
        yield f'    Header set Cache-Control "{FOR_EVER}"'
        yield "</FilesMatch>"
    yield ""
    yield "RewriteEngine On"
    yield "# The path of this folder on its host."
    yield r"RewriteCond %{REQUEST_URI}::$0 ^(.*?/)(.*)::\2$"
    yield "RewriteRule ^.*$ - [E=BASE:%1]"
    yield "# Documents that are no more."
    for former in rules.former:
        yield "RewriteCond %{IS_SUBREQ} =false"  # by which the forms of a document are looked for
        yield _former(former)
    yield "# Things lead to the documents that they stand in."
    yield from map(_thing, rules.things)


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', r"\"") + '"'


def _thing(rule: Rule) -> str:
    if rule.status == 410:
        return f'RewriteRule "^id/{rule.pattern}$" - [G]'
    target = _target("id/" * (rule.status == 301), rule.target)
    return f'RewriteRule "^id/{rule.pattern}$" "{target}" [R={rule.status},NE,L]'


def _former(former: Former) -> str:
    pattern = rf"^{literal(former.path)}(?:\.schema)?(?:\.[a-z]+)?$"
    if former.status == 410:
        return f'RewriteRule "{pattern}" - [G]'
    target = _target("id/", former.target)
    return f'RewriteRule "{pattern}" "{target}" [R=301,NE,L]'


def _target(below: str, target: str) -> str:
    escaped = target.replace("%", r"\%")  # which begins a variable
    return escaped if "://" in target else f"%{{ENV:BASE}}{below}{escaped}"
