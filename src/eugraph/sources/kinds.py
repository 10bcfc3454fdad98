"""The kinds of things: the first part of an address, the classes of what bears it, and the addresses that a rule makes.

`project/harmony` is of the kind `project`. Three kinds of things belong to another one so firmly that their address
follows from what is said of them: a claim, a participation, a grant.
"""

from __future__ import annotations

import re

KINDS: dict[str, tuple[str, ...]] = {
    "activity": ("Activity",),
    "call": ("Call",),
    "claim": ("Claim",),
    "disease": ("Disease", "skos:Concept"),
    "field": ("FieldOfScience", "skos:Concept"),
    "grant": ("Grant",),
    "network": ("Network",),
    "organisation": ("Organisation",),
    "participation": ("Participation",),
    "partnership": ("Partnership",),
    "person": ("Person",),
    "platform": ("Platform",),
    "programme": ("FundingProgramme",),
    "project": ("Project",),
    "result": ("Result",),
    "source": ("Source",),
}
KIND_OF_CLASS = {classes[0]: kind for kind, classes in KINDS.items()}
KIND_OF_TABLE = {(f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"): kind for kind in KINDS}
NAMED_BY_RULE = ("claim", "participation")  # their addresses may be left out

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LOCAL = re.compile(r"[^/#]+\Z")


def claim_path(subject: str, prop: str, source: str) -> str | None:
    """Return the address of a claim below the base, or None where its parts allow none.

    Args:
        subject: path of the thing that it is about, as `project/harmony`.
        prop: IRI of the property.
        source: path of the source, as `source/news`.
    """
    local, slug = _LOCAL.search(prop), slug_of(source, "source")
    is_thing = "/" in subject and ":" not in subject
    return f"claim/{subject}/{local[0]}/{slug}" if local and slug and is_thing else None


def participation_path(undertaking: str, organisation: str, role: str) -> str | None:
    """Return the address of a participation below the base, or None where its parts allow none.

    Args:
        undertaking: path of what it is in, as `project/harmony`.
        organisation: path of the organisation, as `organisation/eha`.
        role: IRI of the first role; its name is written with hyphens: associatedPartner -> associated-partner.
    """
    slugs = [path.partition("/")[2] for path in (undertaking, organisation)]
    local = _LOCAL.search(role)
    if not local or not all(slugs) or any("/" in slug for slug in slugs):
        return None
    return f"participation/{slugs[0]}/{slugs[1]}/{_HUMP.sub('-', local[0]).lower()}"


def grant_path(project: str) -> str | None:
    """Return the address of the grant of a project, given as `project/harmony`."""
    slug = slug_of(project, "project")
    return f"grant/{slug}" if slug else None


def slug_of(path: str, kind: str) -> str:
    """Return the slug of an address of this kind, "" where it is of another one."""
    first, _, slug = path.partition("/")
    return slug if first == kind and "/" not in slug else ""
