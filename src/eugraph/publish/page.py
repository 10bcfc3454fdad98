"""index.html: what is in the release, for people. One file that asks for nothing else; everything is escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from operator import attrgetter

from eugraph.publish.figures import Figures

_KINDS = {  # in the order of the page
    "project": "Projects",
    "partnership": "Partnerships",
    "network": "Networks",
    "organisation": "Organisations",
    "person": "People",
    "programme": "Funding programmes",
    "call": "Calls",
    "platform": "Platforms",
    "activity": "Activities",
    "result": "Results",
    "disease": "Diseases",
    "field": "Fields of science",
    "source": "Sources",
    "graph": "Named graphs",
}
_MONTHS = (  # strftime would ask the locale
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_OPEN = 30  # longest list that is shown unfolded
_STYLE = """\
:root { color-scheme: light dark; --line: #8884; --quiet: #595959; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --quiet: #b4b4b4; --link: #8fc1ff; } }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
h1 { line-height: 1.2; margin-bottom: .3rem; } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); }
a { color: var(--link); } .quiet { color: var(--quiet); }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
nav ul, .figures { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: 0; list-style: none; }
.figures div { display: flex; flex-direction: column-reverse; min-width: 6rem; }
.figures dd { font-size: 1.6rem; margin: 0; } .figures dt { color: var(--quiet); }
.things { columns: 22rem; padding-left: 1.1rem; } .things li { break-inside: avoid; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--quiet); }
th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); }
summary { cursor: pointer; }
"""


@dataclass(frozen=True, slots=True)
class Link:
    """Something to lead to: several files with the same path before the ending."""

    about: str  # kind of a document, question of a report
    path: str
    name: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What stands on the page."""

    title: str
    description: str
    version: str
    date: dt.date
    publisher: str
    licence: str  # IRI
    figures: Figures
    documents: Sequence[Link]
    reports: Sequence[Link]
    ontology: Sequence[str]  # paths without ending
    shapes: Sequence[str]
    validation: Sequence[str]  # file names


def index_page(index: Index) -> str:
    """Return the page as HTML, which needs no other file and no network."""
    title = escape(index.title)
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{escape(index.description)}">
<link rel="icon" href="data:,">
<style>
{_STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>{title}</h1>
<p>{escape(index.description)}</p>
<p class="quiet">Version {escape(index.version)}, <time datetime="{index.date}">{_day(index.date)}</time>, \
{escape(index.publisher)}. Licence: {_licence(index.licence)}.</p>
<nav aria-label="On this page">
<ul>
<li><a href="#things">Things</a></li>
<li><a href="#reports">Reports</a></li>
<li><a href="#downloads">Downloads</a></li>
<li><a href="#vocabulary">Vocabulary</a></li>
<li><a href="#validation">Validation</a></li>
</ul>
</nav>
</header>
<main id="main">
{_figures(index.figures)}
<h2 id="things">Things</h2>
<p>Each thing has a document of its own, as Turtle and as JSON-LD with the same statements.</p>
{_things(index.documents)}
<h2 id="reports">Reports</h2>
{_reports(index.reports)}
<h2 id="downloads">Downloads</h2>
<p>The whole graph, compressed with gzip. Beside these, <code>dump/</code> holds one file for each named graph.</p>
<ul>
<li><a href="dump/all.nq.gz">N-Quads</a>, with named graphs, sorted</li>
<li><a href="dump/all.ttl.gz">Turtle</a></li>
<li><a href="dump/all.jsonld.gz">JSON-LD</a></li>
</ul>
<p><a href="release.json">release.json</a> lists every file with its size and SHA-256, and the hash of the graph.</p>
<h2 id="vocabulary">Vocabulary</h2>
<h3>Ontology and concept schemes</h3>
{_files(index.ontology)}
<h3>Shapes</h3>
{_files(index.shapes)}
<p>JSON-LD names: <a href="context.jsonld">context.jsonld</a></p>
<h2 id="validation">Validation</h2>
{_validation(index)}
</main>
</body>
</html>
"""


def _day(date: dt.date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _licence(iri: str) -> str:
    name = iri
    if iri.startswith("https://creativecommons.org/licenses/"):
        code, _, version = iri.removeprefix("https://creativecommons.org/licenses/").strip("/").partition("/")
        name = f"CC {code.upper()} {version}"
    return f'<a rel="license" href="{escape(iri)}">{escape(name)}</a>'


def _figures(figures: Figures) -> str:
    shown = [(figures.things[kind], name) for kind, name in list(_KINDS.items())[:4] if kind in figures.things]
    shown += [(figures.documents, "Documents"), (figures.quads, "Statements")]
    lines = "\n".join(f"<div><dt>{escape(name)}</dt><dd>{number:,}</dd></div>" for number, name in shown)
    return f'<dl class="figures">\n{lines}\n</dl>'


def _things(links: Iterable[Link]) -> str:
    order = {kind: place for place, kind in enumerate(_KINDS)}
    ranked = sorted(
        links, key=lambda link: (order.get(link.about, len(order)), link.about, link.name.casefold(), link.path)
    )
    sections = []
    for kind, group in groupby(ranked, key=attrgetter("about")):
        found = list(group)
        heading = f'{escape(_KINDS.get(kind, kind))} <span class="quiet">({len(found):,})</span>'
        items = "\n".join(f"<li>{escape(link.name)} {_formats(link.path, link.name)}</li>" for link in found)
        is_open = " open" if len(found) <= _OPEN else ""
        sections.append(
            f"<details{is_open}>\n<summary><strong>{heading}</strong></summary>\n"
            f'<ul class="things">\n{items}\n</ul>\n</details>'
        )
    return "\n".join(sections) or "<p>None.</p>"


def _formats(path: str, name: str, endings: Mapping[str, str] | None = None) -> str:
    links = [
        f'<a href="{escape(path)}.{ending}" aria-label="{escape(name)}, {label}">{label}</a>'
        for ending, label in (endings or {"ttl": "Turtle", "jsonld": "JSON-LD"}).items()
    ]
    return f'<span class="quiet">{" · ".join(links)}</span>'


def _reports(reports: Sequence[Link]) -> str:
    rows = []
    for report in reports:
        params = ", ".join(f"{name} = {value}" for name, value in sorted(report.params.items()))
        example = f'<br><span class="quiet">answered for {escape(params)}</span>' if params else ""
        formats = _formats(report.path, report.name, {"csv": "CSV", "json": "JSON", "rq": "SPARQL"})
        rows.append(
            f'<tr><th scope="row">{escape(report.name)}</th><td>{escape(report.about)}{example}</td>'
            f"<td>{formats}</td></tr>"
        )
    if not rows:
        return "<p>None.</p>"
    head = '<tr><th scope="col">Report</th><th scope="col">Question</th><th scope="col">Files</th></tr>'
    caption = "<caption>Answers to the bundled queries</caption>"
    return f"<table>\n{caption}\n<thead>{head}</thead>\n<tbody>\n{chr(10).join(rows)}\n</tbody>\n</table>"


def _files(paths: Sequence[str]) -> str:
    items = "\n".join(f"<li>{escape(path)} {_formats(path, path)}</li>" for path in paths)
    return f'<ul class="things">\n{items}\n</ul>' if items else "<p>None.</p>"


def _validation(index: Index) -> str:
    counts = ", ".join(f"{escape(severity)}: {number}" for severity, number in index.figures.findings.items())
    links = " · ".join(f'<a href="{escape(name)}">{escape(name)}</a>' for name in index.validation)
    return f"<p>The report that this release passed{f' ({counts})' if counts else ''}: {links or 'none'}</p>"
