"""Faults that are planted in a copy of a good release, and what the doctor has to say of each: this and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

BASE = "https://w3id.org/eugraph/id/"
Planted = Callable[[Path], object]
_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "rdf": ox.RdfFormat.RDF_XML}


class Fault(NamedTuple):
    plant: Planted
    found: set[tuple[str, str]]  # (code, where)


def change(name: str, old: str, new: str, times: int = 1) -> Planted:
    """Replace a text of a file."""

    def plant(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        (folder / name).write_text(text.replace(old, new, times), encoding="utf-8")

    return plant


def write(name: str, body: bytes) -> Planted:
    return lambda folder: (folder / name).write_bytes(body)


def remove(*names: str) -> Planted:
    def plant(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return plant


def all_of(*plants: Planted) -> Planted:
    def plant(folder: Path) -> None:
        for each in plants:
            each(folder)

    return plant


def catalogue(old: str, new: str) -> Planted:
    """Replace a text in every IRI and literal of the catalogue, in all of its forms."""

    def plant(folder: Path) -> None:
        text = (folder / "catalog.ttl").read_text(encoding="utf-8")
        assert old in text, f"the catalogue has no {old!r}"
        quads = list(ox.parse(text.replace(old, new), format=ox.RdfFormat.TURTLE))
        for ending, form in _FORMATS.items():
            body = ox.serialize((quad.triple for quad in quads), format=form)
            assert body is not None
            (folder / f"catalog.{ending}").write_bytes(body)

    return plant


def linkset(edit: Callable[[list[dict[str, object]]], object]) -> Planted:
    def plant(folder: Path) -> None:
        document = json.loads((folder / "linkset.json").read_bytes())
        edit(document["linkset"])
        (folder / "linkset.json").write_text(json.dumps(document))

    return plant


def dump_without_a_statement(folder: Path) -> None:
    """Leave the last statement out of one form of the dump, and tell its size and checksum rightly."""
    import gzip
    import hashlib

    file = folder / "dump/all.ttl.gz"
    old = file.read_bytes()
    quads = list(ox.parse(gzip.decompress(old), format=ox.RdfFormat.TURTLE, base_iri=BASE))
    body = ox.serialize((quad.triple for quad in quads[:-1]), format=ox.RdfFormat.TURTLE)
    assert body is not None
    new = gzip.compress(body, mtime=0)
    file.write_bytes(new)
    catalogue(hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest())(folder)
    catalogue(f'"{len(old)}"', f'"{len(new)}"')(folder)


_CSV = "query/projects.csv"
_ALPHA = f"{BASE}project/alpha.html"
_ALPHA_LINK = '<link rel="describedby" type="text/turtle" href="../project/alpha.ttl">'
_SITEMAP = f"{BASE}sitemap/1.xml"
_DATASET = f"{BASE}dataset/query/projects"

IN_A_FOLDER: dict[str, Fault] = {
    "no catalogue": Fault(
        all_of(
            remove("catalog.ttl", "catalog.jsonld", "catalog.rdf", ".well-known/void", "void.ttl"),
        ),
        {
            ("catalogue-missing", f"{BASE}dataset/all.ttl"),  # the pages of datasets still lead to descriptions
            ("link-dead", f"{BASE}catalog.html"),
            ("signpost-dead", f"{BASE}catalog.html"),
            ("linkset-target-dead", f"{BASE}linkset.json"),
        },
    ),
    "a catalogue that is no Turtle": Fault(
        write("catalog.ttl", b"<a> <b> .\n"),
        {("catalogue-unreadable", f"{BASE}catalog.ttl"), ("form-unreadable", f"{BASE}catalog.ttl")},
    ),
    "a form of the catalogue lacks a statement": Fault(
        change("catalog.jsonld", '"version": "0.1.0"', '"version": "0.1.1"'),
        {("forms-differ", f"{BASE}catalog.jsonld")},
    ),
    "a form of a document lacks a statement": Fault(
        change("project/alpha.jsonld", '"acronym": "ALPHA"', '"acronym": "ALPHB"'),
        {("forms-differ", f"{BASE}project/alpha.jsonld")},
    ),
    "a form that cannot be parsed": Fault(
        change("catalog.rdf", "</rdf:RDF>", ""), {("form-unreadable", f"{BASE}catalog.rdf")}
    ),
    "a size that is wrong": Fault(
        lambda folder: (folder / _CSV).write_bytes((folder / _CSV).read_bytes() + b"\n"),
        {("size-differs", BASE + _CSV), ("checksum-differs", BASE + _CSV)},
    ),
    "a checksum that is wrong": Fault(
        lambda folder: (folder / _CSV).write_bytes((folder / _CSV).read_bytes()[:-1] + b" "),
        {("checksum-differs", BASE + _CSV)},
    ),
    "a file that is not there": Fault(
        remove(_CSV),
        {
            ("link-dead", f"{_DATASET}#projects-csv"),
            ("signpost-dead", f"{_DATASET}.html"),
            ("linkset-target-dead", f"{BASE}linkset.json"),
        },
    ),
    "a dump that is not there": Fault(
        remove("dump/all.nq.gz"),
        {
            ("link-dead", f"{BASE}dataset/all#all-nq"),
            ("signpost-dead", f"{BASE}dataset/all.html"),
            ("linkset-target-dead", f"{BASE}linkset.json"),
            ("dump-dead", f"{BASE}dump/all.nq.gz"),
        },
    ),
    "a dump that lacks a statement": Fault(dump_without_a_statement, {("dumps-differ", f"{BASE}dump/all.ttl.gz")}),
    "a dump that is cut short": Fault(
        lambda folder: (folder / "dump/all.nq.gz").write_bytes((folder / "dump/all.nq.gz").read_bytes()[:-20]),
        {
            ("dump-unreadable", f"{BASE}dump/all.nq.gz"),
            ("size-differs", f"{BASE}dump/all.nq.gz"),
            ("checksum-differs", f"{BASE}dump/all.nq.gz"),
        },
    ),
    "a count that is wrong": Fault(
        lambda folder: [
            change(name, "void:triples ", "void:triples 1")(folder) for name in (".well-known/void", "void.ttl")
        ],
        {("void-triples-differ", f"{BASE}dataset/all")},
    ),
    "VoID that cannot be parsed": Fault(
        write(".well-known/void", b"@prefix : <"), {("void-unreadable", f"{BASE}.well-known/void")}
    ),
    "an address of the own machine": Fault(
        catalogue(f"{BASE}dataset/all.html", "http://localhost:8000/dataset/all.html"),
        {("address-local", "http://localhost:8000/dataset/all.html")},
    ),
    "an identifier that leads nowhere": Fault(
        catalogue("dataset/query/projects>", "dataset/query/nothing>"),
        {("identifier-dead", f"{BASE}dataset/query/nothing")},
    ),
    "a link of a page that leads nowhere": Fault(
        change("project/alpha.html", "</main>", '<a href="../project/omega.html">Omega</a></main>'),
        {("link-dead", _ALPHA)},
    ),
    "a link to the own machine": Fault(
        change("project/alpha.html", "</main>", '<a href="http://192.168.1.7/x">x</a></main>'), {("link-local", _ALPHA)}
    ),
    "mixed content": Fault(
        change("project/alpha.html", "</head>", '<script src="http://example.org/x.js"></script></head>'),
        {("content-mixed", _ALPHA)},
    ),
    "a page that is not UTF-8": Fault(
        lambda folder: (folder / "project/alpha.html").write_bytes(
            (folder / "project/alpha.html").read_bytes().replace(b"</main>", b"\xfcber</main>")
        ),
        {("page-not-utf-8", _ALPHA)},
    ),
    "a page that does not tell what to cite": Fault(
        change("project/alpha.html", f'<link rel="cite-as" href="{BASE}project/alpha">', ""),
        {("cite-as-missing", _ALPHA)},
    ),
    "a page that tells two things to cite": Fault(
        change("project/alpha.html", "</head>", f'<link rel="cite-as" href="{BASE}project/beta"></head>'),
        {("cite-as-disagrees", _ALPHA)},
    ),
    "a signpost that leads nowhere": Fault(
        change("project/alpha.html", _ALPHA_LINK, _ALPHA_LINK.replace("alpha.ttl", "gone.ttl")),
        {("signpost-dead", _ALPHA)},
    ),
    "a signpost to another type": Fault(
        change("project/alpha.html", _ALPHA_LINK, _ALPHA_LINK.replace("text/turtle", "application/rdf+xml")),
        {("signpost-type-differs", _ALPHA)},
    ),
    "a linkset that is no JSON": Fault(write("linkset.json", b"{"), {("linkset-broken", f"{BASE}linkset.json")}),
    "a linkset without href": Fault(
        linkset(lambda sets: sets[0].update({"license": [{"type": "text/html"}]})),
        {("linkset-broken", f"{BASE}linkset.json")},
    ),
    "a linkset that leads nowhere": Fault(
        linkset(lambda sets: sets[0].update({"describedby": [{"href": f"{BASE}gone.ttl"}]})),
        {("linkset-target-dead", f"{BASE}linkset.json")},
    ),
    "a sitemap with a page that is not there": Fault(
        change("sitemap/1.xml", f"<loc>{_ALPHA}</loc>", f"<loc>{BASE}project/omega.html</loc>"),
        {("sitemap-page-dead", _SITEMAP)},
    ),
    "a sitemap with a date that is none": Fault(
        change("sitemap/1.xml", "<lastmod>2026-11-23</lastmod>", "<lastmod>2026-02-30</lastmod>"),
        {("sitemap-lastmod", _SITEMAP)},
    ),
    "a sitemap with a page of another host": Fault(
        change("sitemap/1.xml", f"<loc>{_ALPHA}</loc>", "<loc>https://example.org/</loc>"),
        {("sitemap-location", _SITEMAP)},
    ),
    "a sitemap with a relative address": Fault(
        change("sitemap/1.xml", f"<loc>{_ALPHA}</loc>", "<loc>project/alpha.html</loc>"),
        {("sitemap-location", _SITEMAP)},
    ),
    "a sitemap that is no XML": Fault(change("sitemap/1.xml", "</urlset>", ""), {("sitemap-broken", _SITEMAP)}),
    "a sitemap that is not there": Fault(remove("sitemap/1.xml"), {("sitemap-dead", _SITEMAP)}),
    "robots.txt that forbids the dumps": Fault(
        change("robots.txt", "Allow: /\n", "Disallow: */dump/\n"),
        {("robots-forbids", f"{BASE}dump/all.{ending}.gz") for ending in ("nq", "ttl", "jsonld")},
    ),
    "robots.txt that forbids a page": Fault(
        change("robots.txt", "Allow: /\n", "Disallow: /eugraph/id/project/alpha\n"), {("robots-forbids-page", _ALPHA)}
    ),
    "robots.txt that names a sitemap elsewhere": Fault(
        change("robots.txt", f"Sitemap: {BASE}sitemap.xml", "Sitemap: https://example.org/sitemap.xml"),
        {("sitemap-elsewhere", f"{BASE}robots.txt")},
    ),
}
