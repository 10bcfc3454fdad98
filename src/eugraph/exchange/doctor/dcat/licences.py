"""Which licences data portals know by their IRI.

The EU table of licences holds them under its own IRIs, and matches each with the page of the licence itself. A portal
takes both. Whoever names the page may write http or https, with or without the last slash.

Source: <https://op.europa.eu/en/web/eu-vocabularies/dataset/-/resource?uri=http://publications.europa.eu/resource/dataset/licence>.
"""

from __future__ import annotations

import re

_PAGES = (
    r"creativecommons\.org/licenses/(?:by|by-sa|by-nd|by-nc|by-nc-sa|by-nc-nd|by-nd-nc)/[1-4]\.\d(?:/[a-z]{2})?(?:/legalcode)?",
    r"creativecommons\.org/publicdomain/(?:zero|mark)/1\.0(?:/legalcode)?",
    r"opendatacommons\.org/licenses/(?:odbl|by|pddl)(?:/1[.-]0)?",
    r"opensource\.org/licenses?/[A-Za-z0-9.+-]+",
    r"(?:www\.)?govdata\.de/dl-de/(?:by|zero|by-nc)-[12]-0",
    r"(?:www\.)?nationalarchives\.gov\.uk/doc/open-government-licence/version/[123]",
    r"data\.norge\.no/nlod/(?:en|no)/[12]\.0",
    r"(?:www\.)?etalab\.gouv\.fr/licence-ouverte-open-licence",
    r"(?:www\.)?dati\.gov\.it/content/italian-open-data-license-v20",
    r"(?:www\.)?gnu\.org/licenses/(?:old-licenses/)?[a-z0-9.-]+",
    r"spdx\.org/licenses/[A-Za-z0-9.+-]+",
    r"joinup\.ec\.europa\.eu/(?:collection/eupl/eupl-text-11-12|licence/[a-z0-9-]+)",
    r"data\.europa\.eu/eli/dec(?:_impl)?/2011/833/oj",
    r"publications\.europa\.eu/resource/authority/licence/[A-Z0-9_-]+",
)
_KNOWN = re.compile(rf"https?://(?:{'|'.join(_PAGES)})/?(?:\.html)?", re.ASCII)


def is_known_licence(iri: str) -> bool:
    """Tell whether a portal has a name for a licence."""
    return _KNOWN.fullmatch(iri) is not None
