"""Every fact and every participation that was collected is in the graph with its source, or left out for a reason.

The collections lie outside of the repository. What stands here is one line for each of their rows: its number, a digest
of its content, the node that carries it, and how: `value` (the node states the very value), `reworded` (in words of our
own, or as several statements), or `excluded: <reason>`.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode

from eugraph.loading import Loaded
from eugraph.vocab import term

HERE = Path(__file__).parent
COLLECTIONS = {
    "facts.csv": ("accounts-harmony.csv", "accounts-eurobloodnet.csv"),
    "participants.csv": ("accounts-participants.csv",),
}
MOST_EXCLUDED = 0.10
FIRST_WORDS = re.compile(r"^(over|more than|about|almost|nearly|at least|about)\s+")


@dataclass(frozen=True)
class Account:
    """What became of one row."""

    line: int
    digest: str
    node: str
    how: str


def accounts(collection: str) -> list[Account]:
    rows = []
    for name in COLLECTIONS[collection]:
        with (HERE / name).open(encoding="utf-8", newline="") as file:
            rows += [Account(int(r["line"]), r["digest"], r["node"], r["how"]) for r in csv.DictReader(file)]
    return sorted(rows, key=lambda account: account.line)


def collected(shared: Path, collection: str) -> dict[int, dict[str, str]]:
    with (shared / "facts" / collection).open(encoding="utf-8", newline="") as file:
        return dict(enumerate(csv.DictReader(file), 2))


def digest(row: dict[str, str]) -> str:
    return hashlib.sha256("\x1f".join(row.values()).encode()).hexdigest()[:12]


class Statements:
    """What the graph says, looked up by subject."""

    def __init__(self, loaded: Loaded) -> None:
        self.base = loaded.workspace.base_iri
        self.said: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        for quad in [*loaded.quads, *loaded.ontology.quads]:
            if isinstance(quad.subject, NamedNode):
                self.said[quad.subject.value][quad.predicate.value].append(quad.object)

    def of(self, slug: str, curie: str) -> list[object]:
        return self.said.get(self.base + slug, {}).get(term(curie).value, [])

    def pages(self, slug: str) -> set[str]:
        """The addresses of the sources of a node."""
        sources = [str(source.value) for source in self.of(slug, "dcterms:source") if isinstance(source, NamedNode)]
        found: set[str] = set()
        for source in sources:
            pages = self.said[source].get(term("foaf:page").value, [])
            found |= {page.value for page in pages if isinstance(page, NamedNode)} or {""}
        return found

    def texts(self, value: object) -> set[str]:
        """All ways in which a value may be written: its text, or the names and codes of what it stands for."""
        if isinstance(value, Literal):
            return {value.value}
        if not isinstance(value, NamedNode):
            return set()
        path = value.value.partition("://")[2].partition("/")[2]
        texts = {value.value, re.split(r"[/#]", path)[-1], re.split(r"[:_]", path, maxsplit=1)[-1], path}
        texts |= {text.replace("Orphanet_", "ORPHA:") for text in texts}
        for curie in (
            "skos:prefLabel",
            "skos:altLabel",
            "skos:notation",
            "eug:acronym",
            "eug:legalName",
            "foaf:page",
            "dcterms:title",
        ):
            texts |= {o.value for o in self.said[value.value].get(term(curie).value, []) if isinstance(o, Literal)}
        return texts

    @cached_property
    def by_page(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for iri in list(self.said):
            if iri.startswith(self.base):
                for page in self.pages(iri.removeprefix(self.base)):
                    index[page].append(iri)
        return index

    def everything(self, page: str) -> str:
        """All texts that one page stands behind, with the names and codes of the things spoken of."""
        values = [v for node in self.by_page[page] for vs in self.said[node].values() for v in vs]
        values += [
            v
            for node in values
            if isinstance(node, NamedNode)
            for vs in self.said.get(node.value, {}).values()
            for v in vs
        ]
        return " ".join(text for value in values for text in sorted(self.texts(value)))


@pytest.fixture(scope="session")
def statements(loaded: Loaded) -> Statements:
    return Statements(loaded)


def same_page(one: str, other: str) -> bool:
    """Addresses agree; where the collected text is no address, its host must."""
    if " " in one:
        return urlsplit(one.split(maxsplit=1)[0]).hostname == urlsplit(other).hostname
    return one == other


def fold(text: str) -> str:
    """Only letters and digits, without accents; an address without its scheme."""
    text = re.sub(r"^(https?://)(dx\.)?(doi\.org/)?", "", text.strip())
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "", plain.casefold().replace("ß", "ss"))


def agree(collected_value: str, stated: set[str]) -> bool:
    wanted = FIRST_WORDS.sub("", collected_value.strip().casefold())
    number = re.fullmatch(r"\d+(\.\d+)?", wanted)
    for text in stated:
        if number and re.fullmatch(r"\d+(\.\d+)?", text):
            if float(text) == float(wanted):
                return True
        elif fold(wanted) and fold(wanted) == fold(text):
            return True
    return False


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_each_row_is_accounted_for_once(shared: Path, collection: str) -> None:
    rows = collected(shared, collection)
    accounted = accounts(collection)
    assert [account.line for account in accounted] == list(rows)
    changed = [account.line for account in accounted if account.digest != digest(rows[account.line])]
    assert not changed, f"{collection}: the rows in lines {changed} changed; look at them again"


def test_few_rows_are_left_out_and_each_for_a_reason() -> None:
    accounted = [account for collection in COLLECTIONS for account in accounts(collection)]
    excluded = [account for account in accounted if account.how.startswith("excluded")]
    assert len(excluded) <= MOST_EXCLUDED * len(accounted)
    assert all(len(account.how.removeprefix("excluded:").split()) >= 3 and not account.node for account in excluded)
    assert {account.how.partition(":")[0] for account in accounted} == {"value", "reworded", "excluded"}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_each_row_is_stated_with_its_source(shared: Path, statements: Statements, collection: str) -> None:
    rows = collected(shared, collection)
    faults = []
    for account in accounts(collection):
        if account.how.startswith("excluded"):
            continue
        if not statements.of(account.node, "rdf:type"):
            faults.append(f"line {account.line}: <{account.node}> is not in the graph")
        elif not any(same_page(rows[account.line]["source_url"], page) for page in statements.pages(account.node)):
            faults.append(f"line {account.line}: <{account.node}> has other sources: {statements.pages(account.node)}")
    assert not faults, "\n".join(faults)


def test_each_fact_has_the_value_that_was_collected(shared: Path, statements: Statements) -> None:
    rows = collected(shared, "facts.csv")
    faults = []
    for account in accounts("facts.csv"):
        if account.how != "value":
            continue
        value = rows[account.line]["value"]
        stated = {t for v in statements.of(account.node, "eug:value") for t in statements.texts(v)}
        if not stated:  # the node is the thing itself, named so
            stated = statements.texts(NamedNode(statements.base + account.node))
            stated |= {t for v in statements.of(account.node, "eug:organisation") for t in statements.texts(v)}
        if not agree(value, stated):
            faults.append(f"line {account.line}: {value!r} is not among {sorted(stated)[:6]} of <{account.node}>")
    assert not faults, "\n".join(faults)


def test_each_fact_in_other_words_keeps_its_figures(shared: Path, statements: Statements) -> None:
    rows = collected(shared, "facts.csv")
    faults = []
    for account in accounts("facts.csv"):
        if account.how != "reworded":
            continue
        row = rows[account.line]
        texts = (statements.everything(page) for page in sorted(statements.pages(account.node)))
        said = re.sub(r"(?<=\d)[ ,\u202f\u00a0](?=\d{3}\b)", "", " ".join(texts))
        missing = [figure for figure in re.findall(r"\d+", row["value"]) if not has_figure(figure, said)]
        if missing:
            faults.append(f"line {account.line}: {missing} of {row['value']!r} stand nowhere at <{account.node}>")
    assert not faults, "\n".join(faults)


WORDS = dict(
    enumerate(
        [
            "no",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ]
    )
)
MONTHS = dict(
    enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
)


def has_figure(figure: str, said: str) -> bool:
    forms = {figure, figure.lstrip("0"), WORDS.get(int(figure), figure), MONTHS.get(int(figure), figure)}
    forms |= {"million"} if figure == "1000000" else set()
    return any(form and re.search(rf"(?<!\d){re.escape(form)}(?!\d)", said, re.IGNORECASE) for form in forms)


@pytest.mark.parametrize(("column", "curie"), [("pic", "eug:pic"), ("ror_id", "eug:ror")])
def test_each_participant_has_its_identifiers(
    shared: Path, loaded: Loaded, statements: Statements, column: str, curie: str
) -> None:
    rows = collected(shared, "participants.csv")
    claimed: dict[str, set[str]] = defaultdict(set)
    for quad in loaded.curated.quads:
        if (
            quad.predicate == term("eug:property")
            and quad.object == term(curie)
            and isinstance(quad.subject, NamedNode)
        ):
            slug = quad.subject.value.removeprefix(statements.base)
            for subject in statements.of(slug, "eug:subject"):
                assert isinstance(subject, NamedNode)
                claimed[subject.value] |= {t for v in statements.of(slug, "eug:value") for t in statements.texts(v)}
    faults = []
    for account in accounts("participants.csv"):
        identifier = rows[account.line][column]
        if not identifier or account.how.startswith("excluded"):
            continue
        (organisation,) = statements.of(account.node, "eug:organisation")
        assert isinstance(organisation, NamedNode)
        plain = {t for v in statements.said[organisation.value].get(term(curie).value, []) for t in statements.texts(v)}
        if identifier not in plain | claimed[organisation.value]:
            faults.append(f"line {account.line}: {identifier} is not said of <{organisation.value}>")
    assert not faults, "\n".join(faults)


def test_each_participation_is_in_its_project_with_country_and_role(shared: Path, statements: Statements) -> None:
    rows = collected(shared, "participants.csv")
    faults = []
    for account in accounts("participants.csv"):
        row = rows[account.line]
        if account.how.startswith("excluded"):
            continue
        (organisation,) = statements.of(account.node, "eug:organisation")
        assert isinstance(organisation, NamedNode)
        slug = organisation.value.removeprefix(statements.base)
        countries = {t for v in statements.of(slug, "eug:country") for t in statements.texts(v)}
        if row["country"] and row["country"] not in countries:
            faults.append(f"line {account.line}: {row['country']} is not among {sorted(countries)[:4]} of <{slug}>")
        if not statements.of(account.node, "eug:role"):
            faults.append(f"line {account.line}: <{account.node}> has no role")
    assert not faults, "\n".join(faults)
