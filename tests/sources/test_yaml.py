"""YAML: what it states, where, and every way of breaking it."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT
from eugraph.checking import check
from eugraph.config import Workspace
from eugraph.loading import Loaded, load
from eugraph.rdf.jsonld import write_jsonld
from eugraph.sources import read_folder
from eugraph.sources.yaml_ld import DEEPEST
from eugraph.vocab import PREFIXES, term
from sources.reading import BASE, FORMATS, context, read_bytes, read_format, said, triples

HEAD = "id: project/x\ntype: Project\n"
X = ox.NamedNode(f"{BASE}project/x")


def values(tmp_path: Path, text: str, curie: str, *, head: str = HEAD) -> list[str]:
    """The values of a property of project/x, as N-Triples."""
    reading = read_bytes((head + text).encode(), tmp_path / "x.yaml")
    assert not said(reading)
    return [str(q.object) for q in reading.quads if q.subject == X and q.predicate == term(curie)]


def faults(tmp_path: Path, text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else (HEAD + text).encode()
    reading = read_bytes(data, tmp_path / "x.yaml")
    assert not reading.quads
    assert all(finding.unreadable for finding in reading.findings)
    return said(reading)


# What it states


def test_a_project_with_grant_participations_and_claims_is_the_same_in_turtle_and_yaml() -> None:
    assert triples(read_format("yaml")) == triples(read_format("turtle"))
    assert not said(read_format("yaml"))


def test_the_file_is_a_graph_named_by_its_path() -> None:
    assert {str(quad.graph_name) for quad in read_format("yaml").quads} == {f"<{BASE}graph/delta>"}


@pytest.mark.parametrize("name", ["projects/e-enerca", "projects/tolerate", "platforms", "partnerships/ihi"])
def test_what_our_own_writer_of_json_ld_writes_is_yaml_of_the_same_statements(
    name: str, loaded: Loaded, tmp_path: Path
) -> None:
    graph = ox.NamedNode(f"{BASE}graph/{name}")
    wanted = {quad.triple for quad in loaded.curated.quads if quad.graph_name == graph}
    root = next(triple.subject for triple in sorted(wanted, key=str) if triple.object != term("eug:Claim"))
    assert isinstance(root, ox.NamedNode)
    written = json.loads(write_jsonld(wanted, root, context(), BASE))
    del written["@context"]
    for form in (json.dumps(written, indent=1), json.dumps(written, ensure_ascii=False)):
        reading = read_bytes(form.encode(), tmp_path / "x.yaml")
        assert not said(reading)
        assert triples(reading) == wanted


def test_several_documents_are_several_things(tmp_path: Path) -> None:
    reading = read_bytes(f"---\n{HEAD}---\nid: source/a\ntype: Source\n---\n...\n".encode(), tmp_path / "x.yml")
    assert not said(reading)
    assert {str(quad.subject) for quad in reading.quads} == {f"<{BASE}project/x>", f"<{BASE}source/a>"}


XSD = PREFIXES["xsd"]


@pytest.mark.parametrize(
    ("line", "curie", "value"),
    [
        ("acronym: NO", "eug:acronym", '"NO"'),
        ("acronym: yes", "eug:acronym", '"yes"'),
        ("acronym: true", "eug:acronym", '"true"'),
        ("acronym: 1e3", "eug:acronym", '"1e3"'),
        ("acronym: 0x1F", "eug:acronym", '"0x1F"'),
        ("acronym: '~'", "eug:acronym", '"~"'),
        ("acronym: 2017-01-01", "eug:acronym", '"2017-01-01"'),
        ("postalCode: 08036", "eug:postalCode", '"08036"'),
        ("grantNumber: 0101000004", "eug:grantNumber", '"0101000004"'),
        ("euContribution: 1.50", "eug:euContribution", f'"1.50"^^<{XSD}decimal>'),
        ('euContribution: "1.50"', "eug:euContribution", f'"1.50"^^<{XSD}decimal>'),
        ("euContribution: 123456789012345678901.123456789", "eug:euContribution", None),
        ("numberOfPartners: 017", "eug:numberOfPartners", f'"017"^^<{XSD}integer>'),
        ("numberOfPartners: 0", "eug:numberOfPartners", f'"0"^^<{XSD}integer>'),
        ("sme: true", "eug:sme", f'"true"^^<{XSD}boolean>'),
        ("sme: True", "eug:sme", f'"true"^^<{XSD}boolean>'),
        ("startMonth: 2017-01", "eug:startDate", f'"2017-01"^^<{XSD}gYearMonth>'),
        ("startYear: 2017", "eug:startDate", f'"2017"^^<{XSD}gYear>'),
        ("startDate: 2017-01-01", "eug:startDate", f'"2017-01-01"^^<{XSD}date>'),
        ('startDate: {"@value": "2017", "@type": xsd:gYear}', "eug:startDate", f'"2017"^^<{XSD}gYear>'),
        ("country: Country:NOR", "eug:country", f"<{PREFIXES['country']}NOR>"),
        ("homepage: https://example.org/a?b=c#d", "foaf:homepage", "<https://example.org/a?b=c#d>"),
        ("studies: [disease/a]", "eug:studies", f"<{BASE}disease/a>"),
        ("foaf:nick: x", "foaf:nick", '"x"'),
        ("foaf:age: 12", "foaf:age", f'"12"^^<{XSD}integer>'),
        ("foaf:age: 1.50", "foaf:age", f'"1.50"^^<{XSD}decimal>'),
        ("foaf:age: 1e3", "foaf:age", f'"1e3"^^<{XSD}double>'),
        ("foaf:age: false", "foaf:age", f'"false"^^<{XSD}boolean>'),
        ("foaf:nick: NO", "foaf:nick", '"NO"'),
        ('acronym: "\\ud83d\\ude00"', "eug:acronym", '"😀"'),
        ("acronym: |\n  a\n  b\n", "eug:acronym", '"a\\nb\\n"'),
        ("acronym: >-\n  a\n  b\n", "eug:acronym", '"a b"'),
    ],
)
def test_the_key_says_what_a_scalar_is(line: str, curie: str, value: str | None, tmp_path: Path) -> None:
    expected = value or f'"{line.partition(": ")[2]}"^^<{XSD}decimal>'
    assert values(tmp_path, line, curie) == [expected]


def test_texts_have_their_languages(tmp_path: Path) -> None:
    assert values(tmp_path, "name: {en: X, en-GB: [Y, Z]}", "skos:prefLabel") == ['"X"@en', '"Y"@en-gb', '"Z"@en-gb']


def test_the_value_of_a_claim_is_written_as_under_its_property(tmp_path: Path) -> None:
    text = (
        HEAD
        + "claims:\n"
        + "".join(
            f"- {{property: {prop}, value: {value}, source: source/a}}\n"
            for prop, value in (
                ("startMonth", "2017-01"),
                ("euContribution", "1.50"),
                ("grantNumber", "0116026"),
                ("partOf", "network/a"),
                ("remark", "{en: It is.}"),
                ("homepage", '{"@value": "none", "@type": xsd:string}'),
            )
        )
    )
    reading = read_bytes(text.encode(), tmp_path / "x.yaml")
    assert not said(reading)
    found = {
        str(q.subject).removeprefix(f"<{BASE}claim/project/x/"): str(q.object)
        for q in reading.quads
        if q.predicate == term("eug:value")
    }
    assert found == {
        "startDate/a>": f'"2017-01"^^<{XSD}gYearMonth>',
        "euContribution/a>": f'"1.50"^^<{XSD}decimal>',
        "grantNumber/a>": '"0116026"',
        "isPartOf/a>": f"<{BASE}network/a>",
        "remark/a>": '"It is."@en',
        "homepage/a>": '"none"',
    }


def test_an_address_that_is_made_never_meets_one_that_is_written(tmp_path: Path) -> None:
    claim = "- {{{}property: remark, value: {{en: a}}, source: source/a}}\n"
    ids = ["", "id: claim/project/x/remark/a, ", ""]
    text = HEAD + "claims:\n" + "".join(claim.format(written) for written in ids)
    reading = read_bytes(text.encode(), tmp_path / "x.yaml")
    claims = [q.subject for q in reading.quads if q.object == term("eug:Claim")]
    assert [str(c).removeprefix(f"<{BASE}claim/project/x/remark/") for c in claims] == ["a/2>", "a>", "a/3>"]


def test_the_rules_for_addresses_are_those_of_the_data(loaded: Loaded) -> None:
    """Claims and participations written without an address get the very one that the data writes."""
    from eugraph.sources.kinds import claim_path, participation_path

    parts: dict[ox.NamedNode, dict[str, str]] = {}
    for quad in loaded.curated.quads:
        assert isinstance(quad.subject, ox.NamedNode)
        if isinstance(quad.object, ox.NamedNode):
            parts.setdefault(quad.subject, {}).setdefault(quad.predicate.value, quad.object.value.removeprefix(BASE))
    checked = 0
    for thing, said_of in parts.items():
        path = thing.value.removeprefix(BASE)
        get = {curie: said_of.get(term(curie).value, "") for curie in _PART_KEYS}
        if path.startswith("claim/"):
            expected = claim_path(get["eug:subject"], get["eug:property"], get["dcterms:source"])
            assert expected
            assert path == expected or path.startswith(f"{expected}/"), path
            checked += 1
        elif path.startswith("participation/"):
            assert path == participation_path(get["eug:participatesIn"], get["eug:organisation"], get["eug:role"])
            checked += 1
    assert checked > 1000


_PART_KEYS = ("eug:subject", "eug:property", "dcterms:source", "eug:participatesIn", "eug:organisation", "eug:role")


# Where it stands


def test_every_statement_stands_at_its_own_line_and_column() -> None:
    reading = read_format("yaml")
    lines = (FORMATS / "yaml" / "delta.yaml").read_text(encoding="utf-8").splitlines()
    for quad in reading.quads:
        place = reading.place(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]
        assert place is not None
        at = lines[place.line - 1][place.column - 1 :]
        text = quad.object.value if not isinstance(quad.object, ox.Triple) else ""
        if quad.predicate.value.endswith(("#type", "#subject", "#participatesIn")) and not at.startswith("Project"):
            assert at.startswith(("property:", "organisation:", "name:"))  # where the part begins
        elif text == f"{BASE}grant/delta":
            assert at.startswith("name:")
        else:
            shown = at.strip("'\"")
            local = {"http://purl.org/dc/terms/isPartOf": "partOf"}.get(text, text.split("#")[-1])
            assert (
                shown.startswith((text.split("\n")[0], text.removeprefix(BASE), local, f"Role:{local}"))
                or at[0] in "|C"
                or local in shown
            )


def test_a_predicate_and_a_subject_have_a_place_too() -> None:
    reading = read_format("yaml")
    delta = ox.NamedNode(f"{BASE}project/delta")
    assert str(reading.place(delta)) == "yaml/delta.yaml:2:5"
    assert str(reading.place(delta, term("skos:prefLabel"))) == "yaml/delta.yaml:5:7"
    assert (
        str(reading.place(delta, term("skos:prefLabel"), ox.Literal("Delta auf Deutsch", language="de")))
        == "yaml/delta.yaml:6:7"
    )
    assert str(reading.place(delta, term("eug:rcn"))) == "yaml/delta.yaml:2:5"
    assert reading.place(X) is None


def test_findings_of_checks_and_shapes_cite_the_line_of_yaml(tiny: Workspace) -> None:
    text = (FORMATS / "yaml" / "delta.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("disease/anaemia", "disease/anemia"),
        ("Role:associatedPartner", "Role:associatedPartnr"),
        ("currency: EUR\n  euContribution", "currency: euro\n  euContribution"),
        ("    source: source/record\n    confidence: Confidence:stated\n", "    source: source/record\n"),
        ("    euContribution: 750000.50", "    euContribution: -1.50"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (tiny.data / "delta.yaml").write_text(text, encoding="utf-8")
    lines = text.splitlines()
    found = {
        (f.code, lines[f.place.line - 1].strip())
        for f in check(load(tiny)).findings
        if f.place and f.place.path.name == "delta.yaml" and f.severity == 3
    }
    assert {
        ("dangling-reference", "studies: disease/anemia"),
        ("unknown-term", "role: Role:associatedPartnr"),
        ("thing-currency", "currency: euro"),
        ("participation-confidence", "- organisation: organisation/uni"),
        ("thing-euContribution", "euContribution: -1.50"),
    } <= found, found


# Bad input


@pytest.mark.parametrize(
    ("text", "said_of_it"),
    [
        ("name:\n\ten: X", "4:1: syntax-error: a tab stands where YAML wants blanks. Indent with blanks."),
        ("\tacronym: X", "3:1: syntax-error: a tab stands where YAML wants blanks. Indent with blanks."),
        ("acronym: X\nacronym: Y", "4:1: repeated-key: the key 'acronym' stands in line 3 already. Write all its values there, as a list."),
        ('"@id": project/y', "3:1: repeated-key: the key 'id' stands in line 1 already. Write all its values there, as a list."),
        ("acronym: &a X", "3:10: refused-yaml: &a copies a part of the file to elsewhere, and eugraph reads no copies. Write the value out, or in quotation marks if the text is meant."),
        ("acronym: *a", "3:10: refused-yaml: *a copies a part of the file to elsewhere, and eugraph reads no copies. Write the value out, or in quotation marks if the text is meant."),
        ("grant: &g\n  id: grant/x\n  call: *g", "3:8: refused-yaml: &g copies a part of the file to elsewhere, and eugraph reads no copies. Write the value out, or in quotation marks if the text is meant."),
        ("acronym: !secret X", "3:10: refused-yaml: !secret is a tag, and the key alone says what its value is. Remove the tag."),
        ("acronym: !!python/object:os.system X", "3:10: refused-yaml: !!python/object:os.system is a tag, and the key alone says what its value is. Remove the tag."),
        ("acronim: X", "3:1: unknown-key: there is no key 'acronim'; did you mean 'acronym'? Correct the name, or declare the property."),
        ("<<: {acronym: X}", "3:1: unknown-key: there is no key '<<'. Correct the name, or declare the property."),
        ("Project: X", "3:1: unknown-key: there is no key 'Project'. Correct the name, or declare the property."),
        ("'@context': https://example.org/", "3:1: unknown-key: the names in this file are those of the ontology, and it has no context of its own. Remove it."),
        ("skos:prefLabel: X", "3:1: unknown-key: 'skos:prefLabel' has a plain name. Write 'name'."),
        ("euContribution: 2017-01-01", "3:17: wrong-value: '2017-01-01' under euContribution is no xsd:decimal. Write a number such as 1250.50, without separators."),
        ("euContribution: 1,000.00", "3:17: wrong-value: '1,000.00' under euContribution is no xsd:decimal. Write a number such as 1250.50, without separators."),
        ("euContribution: 1e3", "3:17: wrong-value: '1e3' under euContribution is no xsd:decimal. Write a number such as 1250.50, without separators."),
        ("numberOfPartners: 0x1F", "3:19: wrong-value: '0x1F' under numberOfPartners is no xsd:integer. Write a whole number."),
        ("numberOfPartners: 0o17", "3:19: wrong-value: '0o17' under numberOfPartners is no xsd:integer. Write a whole number."),
        ("sme: yes", "3:6: wrong-value: 'yes' under sme is no xsd:boolean. Write true or false."),
        ("startDate: 2017-01", "3:12: wrong-value: '2017-01' under startDate is no xsd:date. Write a day of the calendar as YYYY-MM-DD, or use startMonth in place of startDate."),
        ("startDate: 2017-02-30", "3:12: wrong-value: '2017-02-30' under startDate is no xsd:date. Write a day of the calendar as YYYY-MM-DD."),
        ("foaf:age: 0x1F", "3:11: wrong-value: 0x1F is a number that is not written in decimal digits. Write it so, or in quotation marks."),
        ("foaf:age: .inf", "3:11: wrong-value: .inf is a number that is not written in decimal digits. Write it so, or in quotation marks."),
        ("name: X", "3:7: wrong-value: a text under name needs a language. Write {en: …}, in a table the column name@en."),
        ("name: {english language: X}", "3:8: wrong-value: 'english language' under name is no language. Write a tag such as en or de."),
        ("name: {en: X, EN: Y}", "3:15: repeated-key: the language EN comes twice. Write its texts as one list."),
        ("name: {en: }", "3:11: wrong-value: there is no text under en of name. Write one, or delete the key."),
        ("acronym:", "3:9: wrong-value: acronym has no value. Write one, in quotation marks if the text is meant, or delete the key."),
        ("acronym: null", "3:10: wrong-value: acronym has no value. Write one, in quotation marks if the text is meant, or delete the key."),
        ("acronym: ''", "3:10: wrong-value: acronym has no value. Write one, in quotation marks if the text is meant, or delete the key."),
        ("acronym: {en: X}", "3:10: wrong-value: acronym takes a plain value, and here are keys. Write the value after the colon."),
        ("studies: []", "3:10: wrong-value: the list under studies is empty. Write a value, or delete the key."),
        ("studies: [[disease/a]]", "3:11: wrong-value: a list stands in a list under studies. Write one list."),
        ("homepage: www.example.org", "3:11: wrong-value: 'www.example.org' is no address. Write kind/slug, such as project/harmony, or all of it with https://."),
        ("partOf: ../network/a", "3:9: wrong-value: '../network/a' is no address. Write kind/slug, such as project/harmony, or all of it with https://."),
        ("partOf: _:a", "3:9: wrong-value: '_:a' is a blank node. Give the thing an address, such as project/harmony."),
        ("homepage: https://example.org/<a>", "3:11: wrong-value: 'https://example.org/<a>' is no address: Invalid IRI code point '<'. Write it with the characters that an IRI may have."),
        ('homepage: "https://example.org/\\0"', "3:11: wrong-value: 'https://example.org/\\x00' is no address: Invalid IRI code point '\\x00'. Write it with the characters that an IRI may have."),
        ('acronym: "\\ud83d"', "3:10: wrong-value: the text holds half a character, \\ud800 to \\udfff. Write the character itself."),
        ("country: country:NOR", "3:10: unknown-prefix: the prefix 'country' is unknown; did you mean 'Country'? Correct it, or write the whole address."),
        ('startDate: {"@value": "2017", "@type": xsd:gYear, x: y}', "3:51: wrong-value: 'x' stands beside @value, where only @type and @language may. Remove it."),
        ('name: {"@value": a, "@type": xsd:string, "@language": en}', "3:7: wrong-value: a text in a language has no datatype. Remove @type or @language."),
        ('name: {"@value": a, "@language": "e n"}', "3:34: wrong-value: 'e n' is no language. Write a tag such as en."),
        ('name: {"@value": [a]}', "3:18: wrong-value: @value needs a text here. Write one after the colon."),
        ("included: x", "3:11: wrong-value: included holds things. Write keys and values."),
        ("grant: {acronym: a, type: Grant, id: [grant/x]}", "3:38: wrong-value: id needs a text here. Write one after the colon."),
        ("source: {id: source/a, acronym: b}", "3:9: missing-key: it is not said what this is. Add its type: Source."),
        ("studies: {name: {en: x}}", "3:10: missing-key: this thing has no address. Give it one, such as id: project/harmony."),
        ("claims: [{property: remark, value: {en: x}}]", "3:10: missing-key: this thing has no address, and source is missing. Add an id, or subject, property, source, of which it is made."),
        ("claims: [{property: remark, value: {en: x}, source: news}]", "3:53: missing-key: no address can be made of this source. Add an id, or correct the source."),
        ("claims: [{property: remrk, value: {en: x}, source: source/a}]", "3:21: unknown-key: the ontology has no property 'remrk'; did you mean 'remark'? Correct the name, or declare it."),
        ("acronym: 'X", "3:10: syntax-error: this is not closed before the file ends. Close the quotation mark or bracket."),
        ("studies: [disease/a", "3:10: syntax-error: this is not closed before the file ends. Close the quotation mark or bracket."),
        ("title: {en: A: B}", "3:14: syntax-error: no comma and no closing bracket follows. Write one, or put a text with a colon in quotation marks."),
        ("acronym: @X", "3:10: syntax-error: a text cannot begin with @. Put it in quotation marks."),
        ("acronym\nrcn: 1", "3:1: syntax-error: no colon follows this key. Write key: value, or mend the indentation."),
        ("  acronym: X", "3:10: syntax-error: a colon stands where none can. Put a text that holds a colon in quotation marks, or mend the line above: its colon or its indentation."),
        ("grant:\n    id: grant/x\n  type: Grant", "5:3: syntax-error: this does not go on with what stands above. Mend the indentation or the quotation marks, here or above."),
        ("? [a]\n: b", "3:3: syntax-error: a key is a plain name, and here is a mapping or a list. Write key: value."),
        ("acronym: a\u2028b", '3:11: syntax-error: the character U+2028 cannot be seen. Write it as "\\u2028", or delete it.'),
        ("acronym: a\x0cb", '3:11: syntax-error: the character U+000C cannot be seen. Write it as "\\u000C", or delete it.'),
    ],
)  # fmt: skip
def test_bad_yaml_is_one_clear_finding(text: str, said_of_it: str, tmp_path: Path) -> None:
    assert faults(tmp_path, text) == [f"x.yaml:{said_of_it}"]


@pytest.mark.parametrize(
    ("data", "said_of_it"),
    [
        (b"", "x.yaml: empty-file: the file is empty. Describe something in it, or delete it."),
        (b"# nothing yet\n---\n", "x.yaml: empty-file: the file states nothing. Describe something in it, or delete it."),
        (b"- id: project/x\n", "x.yaml:1:1: wrong-value: a document describes one thing in lines such as id: project/harmony. Write a key, a colon and a blank."),
        (b"id:project/x\n", "x.yaml:1:1: wrong-value: a document describes one thing in lines such as id: project/harmony. Write a key, a colon and a blank."),
        (b"id: project/x\nacronym: caf\xe9\n", "x.yaml:2:13: wrong-encoding: byte 0xe9 is not UTF-8. Save the file as UTF-8; it may be Latin-1 or Windows-1252."),
        ("id: project/x".encode("utf-16"), "x.yaml: binary-file: this is UTF-16 text, not a text in UTF-8. Save it as UTF-8, or remove it."),
        (b"%YAML 1.1\n---\nid: project/x\n", "x.yaml:2:1: refused-yaml: eugraph reads YAML 1.2 without tags of one's own. Remove the lines that begin with %."),
        (b"%TAG ! tag:example.org,2000:\n---\nid: project/x\n", "x.yaml:2:1: refused-yaml: eugraph reads YAML 1.2 without tags of one's own. Remove the lines that begin with %."),
        (b"id: project/x\nacronym: X\n", "x.yaml:1:1: missing-key: it is not said what this is. Add its type: Project."),
        (b"id: disease/x\nacronym: X\n", "x.yaml:1:1: missing-key: it is not said what this is. Add its type: Disease and skos:Concept."),
        (b"id: x\ntype: Project\nclaims: [{property: remark, value: {en: x}, source: source/a}]\n", "x.yaml:1:5: wrong-value: 'x' is no address of a thing. Write kind/slug, such as project/harmony."),
        (b"type: Project\n", "x.yaml:1:1: missing-key: this thing has no address. Give it one, such as id: project/harmony."),
        (b"id: project/x\ntype: Projekt\n", "x.yaml:2:7: unknown-key: the ontology has no class 'Projekt'; did you mean 'Project'? Correct the name, or declare it."),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_clear_finding(data: bytes, said_of_it: str, tmp_path: Path) -> None:
    assert faults(tmp_path, data) == [said_of_it]


def test_all_faults_of_a_file_are_told_together(tmp_path: Path) -> None:
    found = faults(tmp_path, "acronim: X\nstartDate: soon\nclaims:\n  - property: remark\n    value: {en: X}\n")
    assert [line.split(": ")[1] for line in found] == ["unknown-key", "wrong-value", "missing-key"]


def test_a_billion_laughs_are_refused_at_the_first(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
    [only] = faults(tmp_path, bomb.encode())
    assert only.startswith("x.yaml:1:5: refused-yaml: &a0 copies")


def test_an_anchor_that_loops_is_refused(tmp_path: Path) -> None:
    [only] = faults(tmp_path, b"&a\nid: project/x\npartOf: *a\n")
    assert only.startswith("x.yaml:1:1: refused-yaml: &a copies")


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "".join(" " * n + "a:\n" for n in range(1000))])
def test_depth_has_a_limit(text: str, tmp_path: Path) -> None:
    [only] = faults(tmp_path, text.encode())
    assert f"more than {DEEPEST} mappings and lists" in only


def test_lines_are_counted_right_with_crlf_and_a_byte_order_mark(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + (HEAD + "acronym: X\nacronim: X\n").replace("\n", "\r\n").encode()
    assert faults(tmp_path, data)[0].startswith("x.yaml:4:1: unknown-key")


def test_without_an_ontology_no_key_has_a_meaning(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(HEAD)
    (tmp_path / "x.csv").write_text("id\nx\n")
    reading = read_folder(tmp_path, base_iri=BASE, shown_from=tmp_path)
    assert [line.partition(" mean,")[0] for line in said(reading)] == [
        "x.csv: no-vocabulary: the ontology says what the keys of CSV",
        "x.yaml: no-vocabulary: the ontology says what the keys of YAML",
    ]


def test_a_broken_ontology_does_not_make_every_key_unknown(tiny: Workspace) -> None:
    (tiny.data / "x.yaml").write_text(HEAD)
    (tiny.ontology / "broken.ttl").write_text("<a> <b>")
    assert [f.code for f in check(load(tiny)).findings] == ["no-vocabulary", "syntax-error"]


def test_the_repository_keeps_a_project_in_yaml() -> None:
    assert (ROOT / "data" / "projects" / "e-enerca.yaml").is_file()
