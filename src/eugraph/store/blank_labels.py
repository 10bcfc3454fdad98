"""Blank nodes in the answers of endpoints that label them as the results format does not allow.

Virtuoso writes `nodeID://b10000`. Such labels are spelled out in letters and digits, equal labels alike.

Spec: SPARQL 1.1 Query Results JSON Format §3.2.2, <https://www.w3.org/TR/sparql11-results-json/#select-encode-terms>.
"""

from __future__ import annotations

import re

_BNODE = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")([^"\\]*)(")')
_PLAIN = re.compile(rb"\w[\w.-]*(?<!\.)\Z", re.ASCII)
_STRANGE = re.compile(rb"\W", re.ASCII)


def with_plain_labels(body: bytes) -> bytes:
    """Return an answer in JSON in which every blank node has a label that can be read."""
    return _BNODE.sub(_plain, body)


def _plain(match: re.Match[bytes]) -> bytes:
    before, label, after = match.groups()
    if _PLAIN.match(label):
        return match[0]
    return before + b"v" + _STRANGE.sub(lambda strange: b"_%02x" % ord(strange[0]), label) + after
