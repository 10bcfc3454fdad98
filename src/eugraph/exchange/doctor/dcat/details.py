"""What stands beside a dataset and must be right to be of use: checksums, contact points, licences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from eugraph.exchange.doctor.dcat.fault import Fault
from eugraph.exchange.doctor.dcat.licences import is_known_licence
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.wrong import VALUE
from eugraph.findings import Severity
from eugraph.validate.words.names import shown

_DIGITS = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}  # hexadecimal
_WAYS = ("vcard:hasEmail", "vcard:hasURL", "vcard:hasTelephone")
_MAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+\.[^\s@]+")


def checksums(said: Statements) -> Iterator[Fault]:
    """Yield checksums of another length than their algorithm makes.

    Spec: SPDX 2.2 §4.4, <https://spdx.github.io/spdx-spec/v2.2.2/file-information/#84-file-checksum-field>.
    """
    for node in said.of_class("spdx:Checksum"):
        for algorithm in said.values(node, "spdx:algorithm"):
            name = said.iri(algorithm).rpartition("checksumAlgorithm_")[2].lower()
            for value in said.literals(node, "spdx:checksumValue"):
                if name in _DIGITS and len(value.value) != _DIGITS[name]:
                    number, right = len(value.value), _DIGITS[name]
                    message = f"The checksum has {number} digits, and {name} makes {right}. Make it anew from the file."
                    yield Fault(node, "checksum-length", Severity.VIOLATION, message)


def contacts(said: Statements) -> Iterator[Fault]:
    """Yield contact points that nobody can reach."""
    points = {value for values in said.step("dcat:contactPoint").values() for value in values}
    for node in sorted(points & said.described):
        if not any(said.values(node, name) for name in _WAYS):
            message = "The contact point has no e-mail address, telephone or page. Add vcard:hasEmail or vcard:hasURL."
            yield Fault(node, "contact-unreachable", Severity.WARNING, message)
        for value in said.values(node, "vcard:hasEmail"):
            term = said.terms[value]
            written = said.iri(value)
            if isinstance(term, Literal) or (written and not _MAIL.fullmatch(written) and value not in said.described):
                message = f"vcard:hasEmail is {VALUE}. Write the IRI <mailto:name@organisation.example>."
                yield Fault(node, "contact-unreachable", Severity.WARNING, message, shown(term))


def licences(said: Statements) -> Iterator[Fault]:
    """Yield licences that portals have no name for."""
    for kind in ("dcat:Catalog", "dcat:Distribution", "dcat:DataService"):
        step = said.step("dcterms:license")
        for node in said.of_class(kind) if step else ():
            for value in step.get(node, ()):
                iri = said.iri(value)
                if iri and not is_known_licence(iri):
                    message = (
                        f"Portals do not know the licence <{iri}>. Name one of the EU table of licences, "
                        "such as <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0>, if one is meant."
                    )
                    yield Fault(node, "licence-unknown", Severity.INFO, message)
