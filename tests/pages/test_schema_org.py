"""The schema.org profile: only what the vocabulary defines for the class, and JSON-LD that others read."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from eugraph.publish.profile import Profile
from eugraph.rdf.nquads import BaseMove
from eugraph.validate.vocabulary import Vocabulary

SCHEMA = "https://schema.org/"
BASE = "https://w3id.org/eugraph/id/"
ALLOWED = Path(__file__).with_name("schema-org-allowed.csv")


def documents(release: Path) -> dict[str, Any]:
    paths = sorted(release.rglob("*.schema.jsonld"))
    return {path.relative_to(release).as_posix(): json.loads(path.read_text()) for path in paths}


def nodes(document: object) -> Iterator[dict[str, Any]]:
    """Every node of a document, the nested ones included."""
    if isinstance(document, list):
        for item in document:
            yield from nodes(item)
    elif isinstance(document, dict):
        if "@value" not in document and set(document) != {"@vocab"}:
            yield document
        for value in document.values():
            yield from nodes(value)


def used(release: Path) -> set[tuple[str, str]]:
    """(class, property) of everything that the profile says."""
    pairs = set()
    for document in documents(release).values():
        for node in nodes(document):
            classes = node.get("@type", [])
            for class_ in [classes] if isinstance(classes, str) else classes:
                pairs |= {(class_, name) for name in node if not name.startswith("@")}
    return pairs


def test_the_profile_uses_only_pairs_that_were_checked(release: Path) -> None:
    with ALLOWED.open(newline="") as file:
        allowed = {(row["class"], row["property"]) for row in csv.DictReader(file)}
    assert used(release) - allowed == set()


def test_every_checked_pair_is_defined_by_schema_org(shared: Path, release: Path) -> None:
    text = gzip.decompress((shared / "vocab/schemaorg/current-https.nt.gz").read_bytes())
    known = Vocabulary.read(parse(text, format=RdfFormat.N_TRIPLES))

    def is_defined(class_: str, name: str) -> bool:
        (domain,) = known.properties[SCHEMA + name].domains
        return bool(known.classes[SCHEMA + class_] & domain.classes)

    with ALLOWED.open(newline="") as file:
        allowed = {(row["class"], row["property"]) for row in csv.DictReader(file)}
    assert {pair for pair in allowed | used(release) if not is_defined(*pair)} == set()


def test_every_profile_has_the_inline_context_and_a_class(release: Path) -> None:
    found = documents(release)
    assert len(found) > 500
    for path, document in found.items():
        assert document["@context"] == {"@vocab": SCHEMA}, path
        assert document["@id"] == BASE + path.removesuffix(".schema.jsonld")
        for node in nodes(document):
            if len(node) > 1:
                assert node.get("@type"), (path, node)


def test_another_reader_of_json_ld_finds_no_blank_node_and_only_schema_org(release: Path) -> None:
    found = documents(release)
    for path in ("project/harmony", "organisation/eha", "network/eurobloodnet", "disease/acute-myeloid-leukaemia"):
        dataset = jsonld.to_rdf(found[f"{path}.schema.jsonld"])
        triples = dataset["@default"]
        assert len(triples) > 10
        for triple in triples:
            assert triple["subject"]["type"] == "IRI"
            assert triple["object"]["type"] in ("IRI", "literal")
            predicate = triple["predicate"]["value"]
            assert predicate.startswith(SCHEMA) or predicate.endswith("#type")


def test_the_profile_of_harmony_says_what_the_graph_says(release: Path) -> None:
    document = documents(release)["project/harmony.schema.jsonld"]
    assert document["@type"] == "ResearchProject"
    assert document["name"] == "HARMONY"
    assert (document["foundingDate"], document["dissolutionDate"]) == ("2017-01", "2023-06")
    grant = document["funding"]
    assert grant["@type"] == "MonetaryGrant"
    assert (grant["amount"]["value"], grant["amount"]["currency"]) == ("20200000", "EUR")
    assert grant["funder"]["name"] == "Innovative Medicines Initiative"
    assert len(document["member"]) == len({member["@id"] for member in document["member"]}) > 50


@pytest.mark.parametrize(
    ("path", "class_"),
    [
        ("organisation/charite", "Hospital"),
        ("organisation/european-commission", "GovernmentOrganization"),
        ("partnership/imi", "Consortium"),
        ("programme/h2020", "FundingScheme"),
        ("disease/acute-myeloid-leukaemia", "MedicalCondition"),
        ("person/lars-bullinger", "Person"),
    ],
)
def test_a_thing_has_the_class_that_fits(release: Path, path: str, class_: str) -> None:
    assert documents(release)[f"{path}.schema.jsonld"]["@type"] == class_


def iri(path: str) -> NamedNode:
    return NamedNode(path if path.startswith("http") else BASE + path)


def say(subject: str, name: str, value: NamedNode | Literal) -> Triple:
    if name == "type":
        name = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    return Triple(iri(subject), NamedNode(name if name.startswith("http") else SCHEMA + name), value)


TRIPLES = [
    say("project/a", "type", NamedNode(f"{SCHEMA}Project")),
    say("project/a", "name", Literal("</script><script>alert(1)</script> & <!--")),
    say("project/a", "alternateName", Literal("Ä", language="de")),
    say("project/a", "funding", iri("grant/a")),
    say("grant/a", "type", NamedNode(f"{SCHEMA}Grant")),
    say("grant/a", "name", Literal("G")),
    say("grant/a", "fundedItem", iri("project/a")),
    say("project/a", "member", iri("organisation/x")),
    say("organisation/x", "type", NamedNode(f"{SCHEMA}Organization")),
    say("organisation/x", "name", Literal("X")),
    say("organisation/x", "address", iri("organisation/x#address")),
    say("project/a", "https://elsewhere.example/p", Literal("kept out")),
]


def test_parts_are_nested_other_things_only_named_and_a_script_cannot_be_ended() -> None:
    data = Profile(TRIPLES[::-1]).document(f"{BASE}project/a", [iri("project/a"), iri("grant/a")])
    assert data is not None
    assert b"<" not in data
    assert b">" not in data
    assert json.loads(data) == {
        "@context": {"@vocab": SCHEMA},
        "@id": f"{BASE}project/a",
        "@type": "Project",
        "name": "</script><script>alert(1)</script> & <!--",
        "alternateName": {"@language": "de", "@value": "Ä"},
        "funding": {
            "@id": f"{BASE}grant/a",
            "@type": "Grant",
            "name": "G",
            "fundedItem": {"@id": f"{BASE}project/a"},
        },
        "member": {"@id": f"{BASE}organisation/x", "@type": "Organization", "name": "X"},
    }


def test_a_profile_moves_with_its_base_and_knows_nothing_of_what_has_no_class() -> None:
    move = BaseMove(BASE, "https://data.example.net/kg/")
    profile = Profile(TRIPLES, move)
    things = [iri("project/a"), iri("grant/a")]
    moved = profile.document(f"{BASE}project/a", things)
    assert moved is not None
    assert moved.replace(move.new.encode(), move.old.encode()) == Profile(TRIPLES).document(f"{BASE}project/a", things)
    assert profile.document(f"{BASE}graph/derived", []) is None
