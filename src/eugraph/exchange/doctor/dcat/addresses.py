"""Addresses that nobody else can reach."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from eugraph.exchange.doctor.dcat.fault import Fault
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.wrong import VALUE
from eugraph.findings import Severity
from eugraph.validate.words.names import shown

_HOST = re.compile(r"(?P<start>(?:https?|ftps?)://(?:[^/?#@]*@)?(?P<host>\[[^\]]*\]|[^/?#:]*)[^/?#]*)", re.IGNORECASE)
_NAMES = ("localhost", "localdomain", "local", "internal", "lan", "home.arpa")  # last labels of local names
_FETCHED = ("dcat:accessURL", "dcat:downloadURL", "dcat:endpointURL", "dcat:landingPage", "foaf:homepage")
_SCHEMES = ("http://", "https://", "ftp://", "ftps://", "sftp://")


def addresses(said: Statements) -> Iterator[Fault]:
    """Yield addresses of the publisher's own machine, and those of files of which a harvester has none."""
    local = _local(said)
    for predicate in said.graph.predicates() if local else ():
        for node, values in said.graph.forward(predicate).items():
            for start in sorted({local[each] for each in (node, *values) if each in local}):
                message = (
                    f"An address begins with {start}, which nobody reaches from elsewhere. "
                    "Publish under the address that the site has for others."
                )
                yield Fault(node, "address-local", Severity.VIOLATION, message)
    for name in _FETCHED:
        for node, values in said.step(name).items():
            for value in values:
                iri = said.iri(value)
                if iri and value not in local and not iri.lower().startswith(_SCHEMES):
                    message = f"{name} is {VALUE}, which a harvester cannot fetch. Give an https address."
                    yield Fault(node, "address-scheme", Severity.WARNING, message, shown(said.terms[value]))


def is_local(host: str) -> bool:
    """Tell whether a host is known only on its own machine or network.

    Spec: RFC 6761, <https://www.rfc-editor.org/rfc/rfc6761>; RFC 6890, <https://www.rfc-editor.org/rfc/rfc6890>.
    """
    name = host.lower().rstrip(".")
    try:
        return not ipaddress.ip_address(name.strip("[]")).is_global
    except ValueError:
        return any(name == each or name.endswith(f".{each}") for each in _NAMES)


def _local(said: Statements) -> dict[int, str]:
    """Node -> what its local address begins with."""
    known: dict[str, bool] = {}
    found = {}
    for number, term in enumerate(said.terms):
        if not isinstance(term, NamedNode):
            continue
        if term.value.startswith("file:"):
            found[number] = "file:"
        elif match := _HOST.match(term.value):
            host = match["host"]
            if host not in known:
                known[host] = is_local(host)
            if known[host]:
                found[number] = match["start"]
    return found
