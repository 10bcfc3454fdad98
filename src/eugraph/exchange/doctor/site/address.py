"""Addresses: their parts, and whether they lead to a machine that only its neighbours reach.

Spec: RFC 3986 §3, <https://www.rfc-editor.org/rfc/rfc3986#section-3>; RFC 6890 (addresses for special use).
"""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import quote, urldefrag, urljoin, urlsplit

_LOCAL_NAMES = re.compile(r"(?:.*\.)?(?:localhost|local|localdomain|internal|intranet|lan|home\.arpa)\.?")
_NO_NAME = re.compile(r"[\x00-\x20\x7f]")  # is in no name of a host
_PORTS = {"http": 80, "https": 443}


class Host(NamedTuple):
    """A host with the port that is asked; 0 for the usual ones of HTTP and HTTPS, which are one site."""

    name: str
    port: int


def host_of(address: str) -> Host | None:
    """Return the host of an http or https address; None where it is no such address."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or _NO_NAME.search(parts.hostname):
        return None
    return Host(parts.hostname.lower(), 0 if port is None or port in _PORTS.values() else port)


def is_web(address: str) -> bool:
    """Tell whether it is an http or https address."""
    return host_of(address) is not None


def is_local(address: str) -> bool:
    """Tell whether an address names a machine that nobody reaches from elsewhere, as far as its name tells."""
    host = host_of(address)
    if host is None:
        return False
    try:
        return not is_public(host.name)
    except ValueError:
        return _LOCAL_NAMES.fullmatch(host.name) is not None


def is_public(number: str) -> bool:
    """Tell whether an IP address can be reached from everywhere.

    Raises:
        ValueError: it is no IP address.
    """
    ip = ipaddress.ip_address(number.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return (inner or ip).is_global and not ip.is_multicast


def without_fragment(address: str) -> str:
    """Return an address as it is asked for."""
    return urldefrag(address).url


def resolved(reference: str, base: str) -> str:
    """Return what a reference in a document means; "" where it cannot be understood."""
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return ""


def as_sent(address: str) -> str:
    """Return an IRI with everything percent-encoded that HTTP cannot carry.

    Spec: RFC 3987 §3.1, <https://www.rfc-editor.org/rfc/rfc3987#section-3.1>.
    """
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~-._", errors="surrogatepass")
