"""`nginx.conf`: a server for nginx. It knows no weights: what comes first of HTML, Turtle and JSON-LD is taken.

Spec: <https://nginx.org/en/docs/http/ngx_http_map_module.html>, <https://nginx.org/en/docs/http/ngx_http_core_module.html>.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.publish.hosting.media_types import MEDIA_TYPES, VOID, WITH_CHARSET
from eugraph.publish.hosting.rules import Former, Rule, Rules, literal

FILE = "nginx.conf"
_SHARED = (
    "add_header Access-Control-Allow-Origin * always;",
    'add_header Access-Control-Expose-Headers "Content-Location, ETag, Link, Location, Vary" always;',
    "add_header X-Content-Type-Options nosniff always;",
)


def write(rules: Rules) -> str:
    """Return the file."""
    return "".join(f"{line}\n" for line in _lines(rules))


def _lines(rules: Rules) -> Iterator[str]:
    yield "# How nginx publishes this release: a file for conf.d/. Set listen, server_name and root."
    yield "map $http_accept $eugraph_ending {"
    yield '    ""                        .html;'
    yield r"    ~*text/html               .html;"
    yield r"    ~*text/turtle             .ttl;"
    yield r"    ~*application/ld\+json    .jsonld;"
    yield r"    ~\*/\*                    .html;"
    yield r"    ~*text/\*                 .html;"
    yield r"    ~*application/\*          .jsonld;"
    yield "    default                   -;"
    yield "}"
    yield ""
    yield "server {"
    yield "    listen 80;"
    yield "    server_name localhost;"
    yield "    root /var/www/current;"
    yield ""
    yield "    index index.html;"
    yield "    absolute_redirect off;"
    yield "    types {"
    for ending, media_type in MEDIA_TYPES.items():
        yield f"        {media_type:<25} {ending};"
    yield "    }"
    yield "    charset utf-8;"
    yield f"    charset_types {' '.join(sorted({MEDIA_TYPES[ending] for ending in WITH_CHARSET} - {'text/html'}))};"
    yield from (f"    {line}" for line in _SHARED)
    yield ""
    yield f"    location = /{VOID} {{ types {{ }} default_type text/turtle; }}"
    yield r"    location ~ /\.(?!well-known/) { return 404; }"
    for rule in rules.former:
        yield from _former(rule)
    for each in rules.things:
        yield from _thing(each)
    yield ""
    yield "    # A document has no ending: what a client asks for decides."
    yield r"    location ~ /[^/.]+$ {"
    yield "        if (-d $request_filename) { return 301 $uri/; }"
    yield '        if ($eugraph_ending = "-") { return 406; }'
    yield "        set $eugraph_document $uri$eugraph_ending;"
    yield from (f"        {line}" for line in _SHARED)
    yield "        add_header Content-Location $eugraph_document;"
    yield "        add_header Vary Accept always;"
    yield "        try_files $eugraph_document =404;"
    yield "    }"
    yield "}"


def _thing(rule: Rule) -> Iterator[str]:
    if rule.status == 410:
        yield f'    location ~ "^/id/{rule.pattern}$" {{ return 410; }}'
        return
    target = rule.target if "://" in rule.target else f"/{'id/' * (rule.status == 301)}{rule.target}"
    yield f'    location ~ "^/id/{rule.pattern}$" {{ return {rule.status} "{target}"; }}'


def _former(former: Former) -> Iterator[str]:
    pattern = rf"^/{literal(former.path)}(?:\.schema)?(?:\.[a-z]+)?$"
    if former.status == 410:
        yield f'    location ~ "{pattern}" {{ return 410; }}'
        return
    target = former.target if "://" in former.target else f"/id/{former.target}"
    yield f'    location ~ "{pattern}" {{ return 301 "{target}"; }}'
