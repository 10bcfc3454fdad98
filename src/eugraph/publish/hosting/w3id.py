"""`w3id.htaccess`: what to hand in at w3id.org, so that every identifier leads to where the release lies.

Where the base is `https://w3id.org/NAME/…`, it is the file `NAME/.htaccess` there. On a host of one's own it lies in
the folder that the base's path begins with.

Spec: <https://w3id.org/>, <https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html>.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from eugraph.publish.hosting.rules import Rule, Rules, literal, quoted
from eugraph.vocab import ONTOLOGY, SCHEME, SHAPES

FILE = "w3id.htaccess"


def write(rules: Rules, base_iri: str, address: str) -> str:
    """Return the file.

    Args:
        rules: where things lead.
        base_iri: what their identifiers begin with.
        address: where the release lies, "/" last.
    """
    return "".join(f"{line}\n" for line in _lines(rules, base_iri, quoted(address)))


def _lines(rules: Rules, base_iri: str, address: str) -> Iterator[str]:
    folder, below = _split(base_iri)
    yield f"# {base_iri} leads to {address}"
    yield f"# This is the file {folder}.htaccess of its host. Made with the release."
    yield 'Header always set Access-Control-Allow-Origin "*"'
    yield "Options -MultiViews"
    yield "RewriteEngine On"
    yield from _terms(base_iri, address)
    for rule in rules.things:
        yield _thing(rule, below, base_iri, address)
    yield f'RewriteRule "^{literal(below)}$" "{address}" [R=303,L]'


def _terms(base_iri: str, address: str) -> Iterator[str]:
    """Yield the rules of ontology, shapes and concept schemes, where the base is in the same folder as they are."""
    home = ONTOLOGY.rpartition("/")[0] + "/"
    if not base_iri.startswith(home):
        return
    ontology, shapes, scheme = (iri[len(home) :].rstrip("#") for iri in (ONTOLOGY, SHAPES, SCHEME))
    yield f'RewriteRule "^{ontology}/?$" "{address}ontology/" [R=303,L]'
    yield f'RewriteRule "^{shapes}/?$" "{address}shapes/" [R=303,L]'
    yield f'RewriteRule "^{scheme}([^/]+)$" "{address}ontology/schemes/$1" [R=303,L]'


def _thing(rule: Rule, below: str, base_iri: str, address: str) -> str:
    pattern = f"^{literal(below)}{rule.pattern}$"
    if rule.status == 410:
        return f'RewriteRule "{pattern}" - [G]'
    home = quoted(base_iri) if rule.status == 301 else address
    target = rule.target if "://" in rule.target else f"{home}{rule.target}"
    escaped = target.replace("%", r"\%")  # which begins a variable
    return f'RewriteRule "{pattern}" "{escaped}" [R={rule.status},NE,L]'


def _split(base_iri: str) -> tuple[str, str]:
    """Return the first folder of the base's path, and what follows it; both empty or with "/" last."""
    path = unquote(urlsplit(base_iri).path).lstrip("/")
    first, slash, below = path.partition("/")
    return first + slash, below
