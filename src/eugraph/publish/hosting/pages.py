"""`_headers` and `_redirects`, which Netlify and Cloudflare Pages read. They do not negotiate: a document is its page.

Spec: <https://docs.netlify.com/routing/headers/>, <https://developers.cloudflare.com/pages/configuration/headers/>,
<https://docs.netlify.com/routing/redirects/>, <https://developers.cloudflare.com/pages/configuration/redirects/>.
"""

from __future__ import annotations

from eugraph.publish.hosting.rules import Rule, Rules, quoted
from eugraph.publish.media_types import MEDIA_TYPES, VOID, with_charset

HEADERS_FILE = "_headers"
REDIRECTS_FILE = "_redirects"
_GENERAL = {
    r"participation/([^/]+)/.+": ("/id/participation/:project/*", "/project/:project"),
    r"grant/([^/]+)": ("/id/grant/:project", "/project/:project"),
    r"claim/grant/([^/]+)/.+": ("/id/claim/grant/:project/*", "/project/:project"),
    r"claim/([^/]+/[^/]+)/.+": ("/id/claim/:kind/:slug/*", "/:kind/:slug"),
    r"(.+)": ("/id/*", "/:splat"),
}


_UNTOLD = {r"result/([0-9]+)-.+"}  # general rules that take a segment apart, for which there are no words


def headers() -> str:
    """Return `_headers`."""
    blocks: list[tuple[str, tuple[str, ...]]] = [
        ("/*", ("Access-Control-Allow-Origin: *", "X-Content-Type-Options: nosniff"))
    ]
    blocks += [(f"/*.{ending}", (f"Content-Type: {with_charset(ending)}",)) for ending in MEDIA_TYPES]
    blocks.append((f"/{VOID}", (f"Content-Type: {with_charset('ttl')}",)))
    return "".join(f"{line}\n" for path, lines in blocks for line in (path, *(f"  {each}" for each in lines)))


def redirects(rules: Rules) -> str:
    """Return `_redirects`. An address that was withdrawn has none: its document says why.

    Nor has an imported result one: no placeholder stands for a part of a segment.
    """
    lines = [_line(rule) for rule in rules.things if rule.status != 410 and rule.pattern not in _UNTOLD]
    return "".join(f"{line}\n" for line in lines)


def _line(rule: Rule) -> str:
    if rule.pattern in _GENERAL:
        source, target = _GENERAL[rule.pattern]
        return f"{source} {target} {rule.status}"
    target = rule.target if "://" in rule.target else f"/{'id/' * (rule.status == 301)}{rule.target}"
    return f"/id/{quoted(rule.text)}{'*' * rule.text.endswith('/')} {target} {rule.status}"
