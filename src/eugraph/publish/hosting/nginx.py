"""`nginx.conf`: a server for nginx. It knows no weights: what comes first of HTML, Turtle and JSON-LD is taken.

Spec: <https://nginx.org/en/docs/http/ngx_http_map_module.html>, <https://nginx.org/en/docs/http/ngx_http_core_module.html>.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eugraph.publish.catalogue.paging import PATHS
from eugraph.publish.hosting.rules import Former, Rule, Rules, literal
from eugraph.publish.media_types import FOR_EVER, FRAME, FRAMES, LINKSET, LINKSET_TYPE, MEDIA_TYPES, VOID, WITH_CHARSET

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
    yield from _map("eugraph_ending", (".html", ".ttl", ".jsonld"))
    yield "# Who asks for the catalogue and says nothing gets RDF."
    yield from _map("eugraph_catalogue_ending", (".ttl", ".jsonld", ".rdf", ".html"))
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
    yield f"    location = /{LINKSET} {{ types {{ }} default_type {LINKSET_TYPE}; }}"
    yield rf"    location ~ ^/{FRAMES}[^/]+\.jsonld$ {{ types {{ }} default_type '{FRAME}'; }}"
    yield r"    location ~ /\.(?!well-known/) { return 404; }"
    for rule in rules.former:
        yield from _former(rule)
    for each in rules.things:
        yield from _thing(each)
    if rules.lasting:
        yield "    # Pages of the change feed that are full."
        yield f'    location ~ "^/feed/.+/{rules.lasting}$" {{'
        yield from (f"        {line}" for line in _SHARED)
        yield f'        add_header Cache-Control "{FOR_EVER}";'
        yield "    }"
    yield ""
    yield "    # A document has no ending: what a client asks for decides."
    yield from _negotiated(f"~ ^/{PATHS}$", "eugraph_catalogue_ending")
    yield from _negotiated("~ /[^/.]+$", "eugraph_ending")
    yield "}"


def _map(variable: str, endings: Sequence[str]) -> Iterator[str]:
    """Yield the map from what is accepted to an ending; the first of several that are is taken."""
    yield f"map $http_accept ${variable} {{"
    yield f'    "" {endings[0]};'
    yield from (f"    ~*{literal(MEDIA_TYPES[ending[1:]])} {ending};" for ending in endings)
    yield rf"    ~\*/\* {endings[0]};"
    yield from (rf"    ~{kind}/\* {ending};" for kind, ending in _by_kind(endings).items())
    yield "    default -;"
    yield "}"


def _by_kind(endings: Sequence[str]) -> Mapping[str, str]:
    """Return the first ending of each kind of media types: text, application."""
    return {MEDIA_TYPES[ending[1:]].partition("/")[0]: ending for ending in reversed(endings)}


def _negotiated(where: str, variable: str) -> Iterator[str]:
    yield f"    location {where} {{"
    yield "        if (-d $request_filename) { return 301 $uri/; }"
    yield f'        if (${variable} = "-") {{ return 406; }}'
    yield f"        set $eugraph_document $uri${variable};"
    yield from (f"        {line}" for line in _SHARED)
    yield "        add_header Content-Location $eugraph_document;"
    yield "        add_header Vary Accept always;"
    yield "        try_files $eugraph_document =404;"
    yield "    }"


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
