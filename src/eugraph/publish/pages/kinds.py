"""What kinds of things there are, by the first segment of their paths, and how people call them."""

from __future__ import annotations

from dataclasses import dataclass

from eugraph.publish.pages.words import capital


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: its name for one and for many, and what it is in a sentence."""

    one: str
    many: str
    about: str


_KINDS = {  # in the order of the start page
    "project": Kind("Project", "Projects", "Funded undertakings with a beginning and an end."),
    "partnership": Kind("Partnership", "Partnerships", "Alliances that run or fund several projects."),
    "network": Kind("Network", "Networks", "Lasting ties of organisations and their centres."),
    "organisation": Kind("Organisation", "Organisations", "Bodies that take part, lead, fund or supervise."),
    "person": Kind("Person", "People", "Who leads or coordinates, in public."),
    "programme": Kind("Funding programme", "Funding programmes", "Under which grants are awarded."),
    "call": Kind("Call for proposals", "Calls for proposals", "Invitations to apply, and their topics."),
    "platform": Kind("Platform", "Platforms", "Data platforms, registries and other technical services."),
    "activity": Kind("Activity", "Activities", "Surveys, meetings, training, campaigns and more."),
    "result": Kind("Result", "Results", "What was brought forth: papers, reports, software."),
    "disease": Kind("Disease", "Diseases", "What is studied, with codes of disease vocabularies."),
    "field": Kind("Field of science", "Fields of science", "By which projects are sorted."),
    "source": Kind("Source", "Sources", "Where the statements come from."),
    "graph": Kind("Named graph", "Named graphs", "One for each curated file, with its provenance."),
}
ORDER = {kind: place for place, kind in enumerate(_KINDS)}


def kind_of(segment: str) -> Kind:
    """Return the kind that a path's first segment tells; one that is unknown is called by the segment."""
    name = capital(segment.replace("-", " "))
    return _KINDS.get(segment) or Kind(name, name, "")
