"""The profiles that documents are offered in: in whose words they speak.

Spec: Content Negotiation by Profile, <https://www.w3.org/TR/dx-prof-conneg/>.
"""

from __future__ import annotations

from dataclasses import dataclass

from eugraph.vocab import ONTOLOGY, PREFIXES


@dataclass(frozen=True, slots=True)
class Profile:
    """A vocabulary that a document speaks."""

    iri: str
    token: str  # in `_profile` and in addresses

    @property
    def suffix(self) -> str:
        """What stands before the ending of a document's address: nothing in the words that it is kept in."""
        return "" if self in (NATIVE, DCAT_AP) else f".{self.token}"


NATIVE = Profile(ONTOLOGY, "native")
DCAT_AP = Profile("http://data.europa.eu/r5r/", "dcat-ap")  # of the catalogue and its datasets
SCHEMA = Profile(PREFIXES["schema"], "schema")
EURIO = Profile(PREFIXES["eurio"], "eurio")
LIST = "all"  # the token that asks for the list of them
ABOUT_PROFILES = "http://www.w3.org/ns/dx/conneg/profile/qsa"  # what that list conforms to
