"""The JSON Schema and the shapes agree: on every case of the shapes that YAML can say, and on all the data there is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path, PurePath

import pytest
from jsonschema import Draft202012Validator
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from cli.runner import run
from conftest import ROOT
from eugraph.authoring.facts import Facts
from eugraph.authoring.json_schema import json_schema, unsaid
from eugraph.authoring.rules import Rule, Rules
from eugraph.config import Workspace, open_workspace
from eugraph.loading import Loaded, load
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context
from eugraph.sources.yaml_ld import read_yaml
from eugraph.vocab import RDF_TYPE

BASE = "https://w3id.org/eugraph/id/"
CASES = sorted((ROOT / "tests" / "shapes").glob("*/*.ttl"))


@cache
def reference() -> tuple[Rules, Context, Draft202012Validator]:
    """Rules, context and schema of the reference workspace; data is not needed for them."""
    loaded = load(open_workspace(ROOT))
    rules = Rules(loaded.shapes.quads, loaded.ontology.quads)
    context = Context.from_ontology(loaded.ontology.quads)
    schema = json_schema(Facts([], loaded.ontology.quads, rules, BASE), context, loaded.ontology.quads, "Test")
    Draft202012Validator.check_schema(schema)
    return rules, context, Draft202012Validator(schema)


@cache
def rules_by_name() -> dict[str, Rule]:
    rules = reference()[0]
    return {rule.shape.rpartition("#")[2]: rule for kind in rules.classes for rule in rules.of(kind)}


def documents(triples: Iterable[Triple]) -> Iterator[tuple[dict[str, object], bool]]:
    """Yield each thing as a document with all its keys, and whether YAML can say it."""
    rules, context, _ = reference()
    by_subject: dict[NamedNode, set[Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            by_subject.setdefault(triple.subject, set()).add(triple)
    for subject, said in by_subject.items():
        if not any(t.predicate == RDF_TYPE and t.object.value in rules.classes for t in said):  # type: ignore[union-attr]
            continue
        document = json.loads(write_jsonld(said, subject, context, BASE))
        del document["@context"]
        content = read_yaml(json.dumps(document), PurePath("x.yaml"), context=context, base_iri=BASE)
        yield document, not content.faults and {str(q.triple) for q in content.quads} == set(map(str, said))


def faults(document: dict[str, object]) -> list[str]:
    """Return path and message of each fault; where none of several ways fits, with what each of them misses."""
    return [
        f"{'/'.join(map(str, e.absolute_path))}: {e.message} {'; '.join(part.message for part in e.context or ())}"
        for e in reference()[2].iter_errors(document)
    ]


# The link leads to an address of the right kind that nobody describes; only the whole graph shows that.
DESCRIBED_NOWHERE = {
    "disease-broader",
    "field-of-science-broader",
    "participation-organisation",
    "thing-developer",
    "thing-fieldOfScience",
}
# In YAML the key says datatype and language, so that these faults cannot be written, or the reader refuses them first.
BEYOND_YAML = {
    "disease-match": "an address with a prefix that nobody declares",
    "gone-withdrawn": "a thing without a class",
    "grant-grantNumber": "a number where the key makes a text",
    "source-rights": "a text without a language",
    "thing-description": "a text without a language",
    "thing-officialName": "a text without a language",
    "thing-endDate": "a day that no calendar has",
    "thing-text": "a text without a language",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_schema_and_shapes_agree_on_a_case(case: Path) -> None:
    """What the schema can say of a case is what the shape says, and it says so of the property that is wrong."""
    kind, _, name = case.stem.partition("-")
    found = list(documents(quad.triple for quad in parse(path=str(case), format=RdfFormat.TURTLE)))
    told = [fault for document, _ in found for fault in faults(document)]
    rule = rules_by_name().get(name)
    missing = ["targetObjectsOf"] if rule is None else unsaid(rule)
    if kind == "valid":
        assert not told
    elif rule is None or missing not in ([], ["class"]):
        assert not told, f"left to validation for its {', '.join(missing)}"
    elif name in DESCRIBED_NOWHERE:
        assert missing == ["class"]
        assert not told
    elif name not in BEYOND_YAML:
        assert all(can_say for _, can_say in found)
        assert told
        keys = {term.name for term in reference()[1].terms.values() if term.iri in rule.paths} or {"id"}
        assert any(key in fault for key in keys for fault in told), (keys, told)


def test_the_cases_that_yaml_cannot_say_are_those_that_are_named() -> None:
    cannot = set()
    for name, rule in rules_by_name().items():
        case = next(case for case in CASES if case.stem == f"invalid-{name}")
        triples = [quad.triple for quad in parse(path=str(case), format=RdfFormat.TURTLE)]
        found = list(documents(triples))
        if unsaid(rule) in ([], ["class"]) and not (found and all(can_say for _, can_say in found)):
            cannot.add(name)
    assert cannot == set(BEYOND_YAML)


def test_what_the_schema_does_not_say_is_what_the_page_lists() -> None:
    missing = {name: unsaid(rule) for name, rule in rules_by_name().items() if unsaid(rule) not in ([], ["severity"])}
    beyond = {part for parts in missing.values() for part in parts}
    page = (ROOT / "docs" / "editor.md").read_text(encoding="utf-8")
    assert beyond == {
        *("class", "disjoint", "maxInclusive", "minInclusive", "node", "or", "path", "sparql", "targetSubjectsOf"),
    }
    listed = {
        name for line in page.splitlines() if line.startswith("| `") for name in re.findall("`([A-Za-z]+)`", line)
    }
    assert beyond <= listed
    whole = [name for name, rule in rules_by_name().items() if not unsaid(rule)]
    assert len(whole) > 50


def test_all_data_that_conforms_is_accepted(loaded: Loaded) -> None:
    told = {str(doc["id"]): f for doc, _ in documents(q.triple for q in loaded.curated.quads) if (f := faults(doc))}
    assert not told


ALPHA: dict[str, object] = {"id": "project/alpha", "type": "Project", "name": {"en": "Alpha"}}
PART: dict[str, object] = {
    "organisation": "organisation/eha",
    "role": "Role:participant",
    "confidence": "Confidence:stated",
}


@pytest.mark.parametrize(
    "more",
    [
        {"startDate": "2024-02-29", "endYear": 2027},
        {"startYear": "2024", "endMonth": "2027-01"},
        {"name": {"en": "Alpha", "de": "Alpha auf Deutsch"}, "altName": {"en": ["A", "B"]}},
        {"rcn": 123456, "acronym": "A", "status": "Status:running"},
        {"rcn": "123456", "status": "https://w3id.org/eugraph/scheme/status#running"},
        {"source": ["source/a", "source/b"], "homepage": "https://example.org/"},
        {"numberOfPartners": 3},
        {"grant": {"grantNumber": "101000001", "euContribution": "1500000.50", "currency": "EUR"}},
        {"grant": {"type": "Grant", "id": "grant/alpha", "euContribution": 1500000.5, "currency": "EUR"}},
        {"participations": [{**PART, "source": "source/a"}]},
        {"participations": {**PART, "source": "source/a", "id": "participation/alpha/eha/participant"}},
        {"claims": [{"property": "startDate", "value": "2024", "source": "source/a", "confidence": "Confidence:stated"}]},
        {"partOf": "partnership/x", "coordinator": {"id": "organisation/eha", "name": {"en": "EHA"}}},
        {"included": [{"id": "disease/x", "type": ["Disease", "skos:Concept"], "name": {"en": "x"}, "inScheme": "https://w3id.org/eugraph/scheme/disease"}]},
        {"dcterms:creator2": "x"},
    ],
)  # fmt: skip
def test_what_a_curator_may_write_is_accepted(more: dict[str, object]) -> None:
    assert not faults(ALPHA | more)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"id": "project/alpha", "name": {"en": "A"}, "acronym": "A"}, "type"),
        ({"type": "Project", "name": {"en": "A"}}, "id"),
        (ALPHA | {"type": "Projekt"}, "type"),
        (ALPHA | {"id": "project/Alpha"}, "id"),
        (ALPHA | {"id": "organisation/alpha"}, "id"),
        ({"id": "project/a", "type": "Project"}, "name"),
        (ALPHA | {"name": "Alpha"}, "name"),
        (ALPHA | {"name": {"de": "Alpha"}}, "name"),
        (ALPHA | {"akronym": "A"}, "akronym"),
        (ALPHA | {"skos:prefLabel": {"en": "A"}}, "skos:prefLabel"),
        (ALPHA | {"startDate": "2024-13-01"}, "startDate"),
        (ALPHA | {"startDate": "2024-02-30"}, "startDate"),
        (ALPHA | {"startDate": "2024-01-01", "startYear": 2024}, "required"),
        (ALPHA | {"status": "Status:finished"}, "status"),
        (ALPHA | {"rcn": 12}, "rcn"),
        (ALPHA | {"numberOfPartners": -1}, "numberOfPartners"),
        (ALPHA | {"numberOfPartners": "-1"}, "numberOfPartners"),
        (ALPHA | {"numberOfPartners": "many"}, "numberOfPartners"),
        (ALPHA | {"homepage": "example.org"}, "homepage"),
        (ALPHA | {"pic": "999999999"}, "pic"),
        (ALPHA | {"source": []}, "source"),
        (ALPHA | {"grant": {"grantNumber": "GA 1 of"}}, "grant"),
        (ALPHA | {"grant": {"euContribution": "1.5"}}, "grant"),
        (ALPHA | {"participations": [PART]}, "participations"),
        (ALPHA | {"participations": [{**PART, "source": "source/a", "type": "Project"}]}, "participations"),
        (ALPHA | {"claims": [{"property": "startDatum", "value": 1}]}, "claims"),
        ({"type": "Participation", **PART, "source": "source/a"}, "participatesIn"),
        ([ALPHA], "object"),
    ],
)  # fmt: skip
def test_what_a_curator_may_not_write_is_marked(document: dict[str, object], said: str) -> None:
    told = faults(document)
    assert told
    assert any(said in fault for fault in told), told


def test_a_needed_value_may_stand_in_a_claim() -> None:
    activity: dict[str, object] = {"id": "activity/a", "type": "Activity", "name": {"en": "A"}}
    claim = {
        "property": "activityKind",
        "value": "actkind:meeting",
        "source": "source/a",
        "confidence": "Confidence:stated",
    }
    assert faults(activity)
    assert not faults(activity | {"claims": [claim]})


def test_keys_tell_what_they_mean_and_faults_what_the_shape_says() -> None:
    schema = reference()[2].schema
    assert schema["$defs"]["key.acronym"]["description"]
    assert "one code of three capitals" in json.dumps(schema["$defs"]["key.currency"])


def test_the_command_prints_the_schema_or_writes_it(tiny: Workspace) -> None:
    printed = run(tiny.root, "schema")
    assert printed.status == 0
    assert json.loads(printed.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    written = run(tiny.root, "schema", "--out", "made/x.json")
    assert (written.status, written.out, written.err) == (0, "", "wrote made/x.json\n")
    assert (tiny.root / "made/x.json").read_text(encoding="utf-8") == printed.out
    (tiny.root / "shapes/bad.ttl").write_text("x")
    broken = run(tiny.root, "schema")
    assert broken.status == 2
    assert "shapes/bad.ttl:1" in broken.err
