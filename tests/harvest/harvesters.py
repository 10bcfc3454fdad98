"""Lets real harvesters read a site, and prints what each of them understood, as JSON.

It runs in an environment of its own, which has no eugraph but CKAN with ckanext-dcat, signposting and extruct. Each is
imported where it is needed, so that others can import this module.

    python harvesters.py http://127.0.0.1:8000/
"""

from __future__ import annotations

import json
import sys
import warnings
from typing import Any
from urllib.request import urlopen

FORMATS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}


def datasets(site: str, ending: str) -> list[dict[str, Any]]:
    """The datasets that CKAN would make of the catalogue."""
    from ckanext.dcat.processors import RDFParser

    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    with urlopen(f"{site}catalog.{ending}") as answer:
        parser.parse(answer.read().decode(), FORMATS[ending])
    return list(parser.datasets())


def signposts(site: str, path: str) -> list[dict[str, str]]:
    """The links that a page has for machines."""
    from signposting import find_signposting_html

    found = find_signposting_html(site + path)
    return [_signpost(one) for one in found.signposts]


def links(site: str) -> dict[str, list[dict[str, str]]]:
    """The links that the linkset has for two pages."""
    from signposting import find_signposting_linkset

    found = find_signposting_linkset(f"{site}linkset.json")
    pages = (f"{site}catalog.html", f"{site}dataset/all.html")
    return {page: [_signpost(one) for one in found.for_context(page)] for page in pages}


def _signpost(one: Any) -> dict[str, str]:
    return {"rel": one.rel.value, "target": str(one.target), "type": str(one.type or "")}


def structured(site: str, path: str) -> dict[str, Any]:
    """What a page says in JSON-LD and microdata."""
    import extruct

    with urlopen(site + path) as answer:
        text = answer.read().decode()
    found: dict[str, Any] = extruct.extract(text, base_url=site + path, syntaxes=["json-ld", "microdata"])
    return found


def main() -> None:
    """Read the site that the first argument names."""
    warnings.simplefilter("ignore")
    site = sys.argv[1]
    pages = ("catalog.html", "dataset/all.html", "project/alpha.html")
    understood = {
        "datasets": {ending: datasets(site, ending) for ending in FORMATS},
        "signposts": {page: signposts(site, page) for page in pages},
        "linkset": links(site),
        "structured": {page: structured(site, page) for page in pages},
    }
    json.dump(understood, sys.stdout, default=str)


if __name__ == "__main__":
    main()
