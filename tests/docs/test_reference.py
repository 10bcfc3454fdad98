"""The documentation names everything there is: commands, options, errors, reports, settings, rules, shapes, terms."""

from __future__ import annotations

import ast
import importlib
import io
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields

import click
import make_reference
import pyoxigraph as ox

from conftest import ROOT
from docs.pages_apart import BASE, DOCS, PAGES, first_cells, headings, page, sections, with_prefixes
from eugraph import errors
from eugraph.catalogue_settings import CatalogueSettings, Service
from eugraph.cli import main
from eugraph.config import ImportedSource, Workspace
from eugraph.derive import RULES_AFTER_VALUES, RULES_BEFORE_VALUES
from eugraph.errors import EugraphError
from eugraph.loading import Loaded
from eugraph.reports import Library
from eugraph.sources import cordis
from eugraph.sources.cordis.ledger import Kind, Outcome
from eugraph.vocab import PREFIXES, shorten


def error_classes(root: type[EugraphError] = EugraphError) -> Iterator[type[EugraphError]]:
    yield root
    for below in root.__subclasses__():
        yield from error_classes(below)


def finding_codes() -> set[str]:
    """The codes in the source: `code="…"`, and the third argument of `_finding` and `_judged`."""
    codes: set[str] = set()
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            if isinstance(node.func, ast.Name) and node.func.id in ("_finding", "_judged"):
                given.append(node.args[2])
            given += [end for value in given if isinstance(value, ast.IfExp) for end in (value.body, value.orelse)]
            codes |= {v.value for v in given if isinstance(v, ast.Constant) and isinstance(v.value, str)}
    return codes


def test_every_code_has_a_heading_and_every_heading_a_code() -> None:
    codes = {error.code for error in error_classes()} | finding_codes()
    assert {"syntax-error", "ill-typed-literal", "blank-node-circle", "output"} <= codes
    assert sorted(headings(page("errors.md"), 3)) == sorted(codes)


def test_every_error_is_in_the_tree_that_its_module_draws() -> None:
    assert {error.__name__ for error in error_classes()} == set(re.findall(r"\b[A-Z]\w+Error\b", errors.__doc__ or ""))


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    names = main.list_commands(context)
    found: dict[str, click.Command] = {"eugraph": main}
    for name in names:
        command = main.get_command(context, name)
        assert command
        found[f"eugraph {name}"] = command
        if isinstance(command, click.Group):
            found |= {f"eugraph {name} {below}": each for below, each in command.commands.items()}
    return found


def kinds() -> list[tuple[str, str, str]]:
    """The kinds of entries in the ledger of an import that any module declares: name, outcome, reason."""
    found = {}
    for module in pkgutil.walk_packages(cordis.__path__, f"{cordis.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            for kind in value.values() if isinstance(value, dict) else [value]:
                if isinstance(kind, Kind):
                    found[kind.name] = (kind.name, kind.outcome.value, kind.reason)
    order = [outcome.value for outcome in Outcome]
    return sorted(found.values(), key=lambda kind: (order.index(kind[1]), kind[0]))


def test_every_kind_of_entry_has_a_row_with_its_outcome_and_meaning() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (\w+) \| (.+) \| [0-9,]+ \|$", page("import-cordis.md"), re.MULTILINE)
    assert len(rows) > 100
    assert rows == kinds()


def test_every_command_has_a_heading_with_all_its_options() -> None:
    told = sections(page("cli.md"), 2)
    assert list(told) == list(commands())
    for name, command in commands().items():
        options = {o for p in command.params if isinstance(p, click.Option) for o in (*p.opts, *p.secondary_opts)}
        cells = "\n".join(line.partition(" |")[0] for line in told[name].splitlines() if line.startswith("| `"))
        written = set(re.findall(r"(?<=[` ])--?[a-zA-Z][\w-]*", cells))
        assert written == options | ({"-h", "--help"} if name == "eugraph" else set()), name


def test_the_page_on_validation_has_all_options_of_validate() -> None:
    command = commands()["eugraph validate"]
    named = {option for p in command.params if isinstance(p, click.Option) for option in p.opts} | {"PATHS"}
    assert set(first_cells(sections(page("validate.md"), 2)["Options"])) == named


def test_every_format_of_a_validation_is_told() -> None:
    from eugraph.validate.formats import FORMATS

    (option,) = [p for p in commands()["eugraph validate"].params if p.name == "form"]
    assert isinstance(option.type, click.Choice)
    assert tuple(first_cells(sections(page("validate.md"), 2)["Formats"])) == FORMATS == tuple(option.type.choices)


def test_every_report_has_a_row_with_its_question_and_parameters() -> None:
    rows = re.findall(
        r"^\| `([^`]+)` \| (.+?) \| (.*?) ?\|$", sections(page("queries.md"), 2)["All reports"], re.MULTILINE
    )
    library = Library.open(ROOT / "queries")
    assert [tuple(row) for row in rows] == [
        (r.name, r.asks, ", ".join(f"`{p.name}`" + ("" if p.required else " (optional)") for p in r.parameters))
        for r in library.reports.values()
    ]


def test_every_type_of_parameter_is_told() -> None:
    from eugraph.reports.parameters import TYPES

    assert set(first_cells(sections(page("queries.md"), 2)["Parameters"])) == set(TYPES)


def test_every_format_of_an_answer_is_told() -> None:
    from eugraph.reports import FORMATS

    told = set(re.findall(r"`(\w+)`", sections(page("queries.md"), 2)["Formats"]))
    assert set(FORMATS) <= told


def test_every_setting_is_told() -> None:
    settings = {field.name for field in fields(Workspace)} - {"root", "sources"}
    of_sources = {field.name for field in fields(ImportedSource)} - {"name"}
    parts = sections(page("workspace.md"), 2)
    assert set(first_cells(parts["Settings"])) == settings
    assert set(first_cells(parts["Imported sources"])) == of_sources
    of_catalogue, of_services = parts["What data portals are told"].split("### Services")
    assert set(first_cells(of_catalogue)) == {field.name for field in fields(CatalogueSettings)}
    assert set(first_cells(of_services)) == {field.name for field in fields(Service)} - {"name"}


def test_every_format_of_files_is_told() -> None:
    from eugraph.sources import ENDINGS

    assert set(first_cells(sections(page("workspace.md"), 2)["Files and formats"])) == set(ENDINGS)


def test_every_rule_is_told_in_the_order_of_the_work() -> None:
    assert headings(page("derive.md"), 3) == [*RULES_BEFORE_VALUES, "Plain values", *RULES_AFTER_VALUES]
    rules = {path.stem for path in (ROOT / "src/eugraph/derive/rules").glob("*.rq")}
    assert rules == {*RULES_BEFORE_VALUES, *RULES_AFTER_VALUES}


def test_every_shape_file_is_told_with_its_class() -> None:
    part = sections(page("validate.md"), 2)["What the shapes check"]
    files = sorted((ROOT / "shapes").glob("*.ttl"))
    assert sorted(first_cells(part)) == [f"shapes/{file.name}" for file in files]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    targets = {name for found in re.findall(r"sh:targetClass ([^;]+)", text) for name in re.findall(r"eug:\w+", found)}
    assert {f"eug:{name}" for name in ("Project", "Claim")} <= targets
    assert targets <= set(re.findall(r"`(eug:\w+)`", part))


def test_the_reference_is_what_ontology_shapes_and_headers_say() -> None:
    pages = make_reference.pages()
    assert {path.name for path in make_reference.FOLDER.iterdir()} == set(pages)
    for name, text in pages.items():
        assert page(f"reference/{name}") == text, "run make reference"


def test_every_shape_term_and_report_has_a_heading(loaded: Loaded) -> None:
    reporting = {
        quad.subject.value.removeprefix(PREFIXES["eugsh"])
        for quad in loaded.shapes.quads
        if quad.predicate.value == f"{PREFIXES['sh']}severity" and isinstance(quad.subject, ox.NamedNode)
    }
    assert len(reporting) > 150
    assert sorted(headings(page("reference/shapes.md"), 3)) == sorted(reporting)
    subjects = {quad.subject.value for quad in loaded.ontology.quads if isinstance(quad.subject, ox.NamedNode)}
    told = page("reference/terms.md")
    ours = {f"eug:{iri.removeprefix(PREFIXES['eug'])}" for iri in subjects if iri.startswith(PREFIXES["eug"])}
    assert {heading for heading in headings(told, 3) if heading.startswith("eug:")} == ours
    concepts = {shorten(iri) for iri in subjects if "/scheme/" in iri and "#" in iri}
    assert len(concepts) > 80
    assert concepts <= set(first_cells(told))
    assert headings(page("reference/reports.md"), 2) == list(Library.open(ROOT / "queries").reports)


def test_every_shape_that_is_named_exists() -> None:
    files = sorted((ROOT / "shapes").glob("*.ttl"))
    shapes = "".join(file.read_text(encoding="utf-8") for file in files)
    known = set(re.findall(r"^eugsh:(\S+)$", shapes, re.MULTILINE))
    others = {*RULES_BEFORE_VALUES, *RULES_AFTER_VALUES, *Library.open(ROOT / "queries").reports}
    others |= {name for name, _, _ in kinds()}
    classes = "|".join(["thing", *(file.stem for file in files)])
    for path in PAGES:
        named = set(re.findall(rf"`(?:eugsh:)?((?:{classes})-[\w-]+)`", path.read_text(encoding="utf-8")))
        assert named - others <= known, path


def test_every_term_that_is_named_exists(loaded: Loaded) -> None:
    known = {quad.subject.value for quad in loaded.ontology.quads if isinstance(quad.subject, ox.NamedNode)}
    ours = {p: n for p, n in PREFIXES.items() if n.startswith("https://w3id.org/eugraph/") and p != "eugsh"}
    for path in PAGES:
        for prefix, name in re.findall(r"`(\w+):(\w+)`", path.read_text(encoding="utf-8")):
            if prefix in ours:
                assert ours[prefix] + name in known, f"{path.name}: {prefix}:{name}"


def test_the_ranks_of_sources_are_those_of_the_scheme(loaded: Loaded) -> None:
    ranks = {
        (quad.object.value, f"srckind:{quad.subject.value.rpartition('#')[2]}")
        for quad in loaded.ontology.quads
        if quad.predicate.value == PREFIXES["eug"] + "rank"
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    }
    rows = re.findall(r"^\| (\d) \| (.+?) \|", page("claims.md"), re.MULTILINE)
    assert {(rank, kind) for rank, cell in rows for kind in re.findall(r"`([^`]+)`", cell)} == ranks


def test_every_decision_is_listed_with_its_title() -> None:
    listed = re.findall(r"^\| \[(\d{4})\]\((decisions/\S+\.md)\) \| (.+) \|$", page("index.md"), re.MULTILINE)
    found = {
        path.relative_to(DOCS).as_posix(): headings(path.read_text(encoding="utf-8"), 1)
        for path in DOCS.glob("decisions/*.md")
    }
    assert {link: [f"{number} {title}"] for number, link, title in listed} == found
    for path in DOCS.glob("decisions/*.md"):
        assert headings(path.read_text(encoding="utf-8"), 2) == ["Context", "Decision", "Consequences"], path.name


def test_durations_are_as_the_table_says() -> None:
    from eugraph.derive import derive

    rows = re.findall(r"^\| (\d{4}\S*) \| (\d{4}\S*) \| (\d+|none)", page("dates-and-money.md"), re.MULTILINE)
    assert len(rows) == 4
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    for start, end, months in rows:
        turtle = f"""<project/x> a eug:Project ; eug:startDate "{start}"^^xsd:{kinds[len(start)]} ; eug:endDate "{end}"^^xsd:{kinds[len(end)]} ."""
        quads = list(ox.parse(io.BytesIO(with_prefixes(turtle).encode()), format=ox.RdfFormat.TURTLE))
        found = [q.object for q in derive(quads, [], base_iri=BASE) if q.predicate.value.endswith("durationMonths")]
        assert [o.value for o in found if isinstance(o, ox.Literal)] == ([] if months == "none" else [months]), (
            start,
            end,
        )
