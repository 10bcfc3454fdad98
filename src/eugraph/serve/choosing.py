"""Which form of what is at an address a client gets, and the links to all of them.

Spec: Content Negotiation by Profile §6.3 and §7, <https://www.w3.org/TR/dx-prof-conneg/>.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eugraph.serve.errors import ProblemError
from eugraph.serve.headers import link
from eugraph.serve.negotiation import negotiate, negotiate_profile
from eugraph.serve.profiles import DCAT_AP, EURIO, NATIVE, SCHEMA, Profile
from eugraph.serve.representation import Representation, Resource

VARY = "Accept, Accept-Profile"  # what the choice depends on
_TYPE = "http://www.w3.org/ns/dx/prof/Profile"  # the target of the links that tell tokens of profiles, §7.2.2
_PROFILES = {profile.iri: profile for profile in (NATIVE, SCHEMA, EURIO, DCAT_AP)}
_BY_TOKEN = {profile.token: profile for profile in _PROFILES.values()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for."""

    path: str  # below the root, without percent-encoding
    raw_path: bytes
    query: bytes
    parameters: Mapping[str, str]
    accept: str | None
    accept_encoding: str | None
    accept_profile: str | None


def chosen_of(resource: Resource, asked: Asked) -> Representation:
    """Return the representation that is liked best; of what is gone any one, since that is to be said.

    What the address asks for goes before what the headers do. A profile goes before a media type.

    Raises:
        ProblemError: none is acceptable.

    Spec: Content Negotiation by Profile §6.3 and §7.2, <https://www.w3.org/TR/dx-prof-conneg/>.
    """
    forms = resource.representations
    accept = asked.parameters.get("_mediatype") or asked.accept
    if resource.is_one_form:
        return forms[0]
    if resource.status == 410:
        liked = negotiate(accept, [form.media_type for form in forms])
        return next((form for form in forms if form.media_type == liked), forms[0])
    profiles = {form.profile.iri: form.profile.token for form in forms if form.profile}
    if profiles:
        wanted = _named_profile(asked, profiles, resource)
        forms = [form for form in forms if form.profile and form.profile.iri == wanted]
    chosen = negotiate(accept, [form.media_type for form in forms])
    if chosen is None:
        raise _not_acceptable(resource)
    return next(form for form in forms if form.media_type == chosen)


def _named_profile(asked: Asked, offers: Mapping[str, str], resource: Resource) -> str:
    named = asked.parameters.get("_profile")
    if named is not None:
        profile: Profile | None = _BY_TOKEN.get(named) or _PROFILES.get(named)
        if profile is None or profile.iri not in offers:
            raise _not_acceptable(resource)
        return profile.iri
    found = negotiate_profile(asked.accept_profile, offers)
    if found is None:
        raise _not_acceptable(resource)
    return found


def _not_acceptable(resource: Resource) -> ProblemError:
    there = "\n".join(
        f"  /{form.path}  {form.short_type}{f', profile {form.profile.token}' if form.profile else ''}"
        for form in resource.representations
    )
    told = f"this cannot be had in a form that you accept. There is:\n{there}"
    return ProblemError(406, "not-acceptable", told, {"Link": ", ".join(links_of(resource))})


def links_of(resource: Resource, chosen: Representation | None = None, licence: str = "") -> list[str]:
    """Return the links of what is at an address: its other forms, its profile, what describes it, its licence."""
    found = [*resource.links]
    if not resource.is_one_form:
        forms: dict[str, Representation] = {}
        for form in resource.representations:  # one path may be offered as two media types
            forms.setdefault(form.path, form)
        found += [_link_to(form, "alternate" if place else "canonical") for place, form in enumerate(forms.values())]
        profiles = dict.fromkeys(form.profile for form in resource.representations if form.profile)
        found += [link(_TYPE, "type", token=profile.token, anchor=profile.iri) for profile in profiles]
    if chosen is not None:
        found += chosen.links
        if chosen.profile:
            found.append(link(chosen.profile.iri, "profile"))
        found.append(link("/.well-known/void", "describedby"))
    if licence:
        found.append(link(licence, "license"))
    return found


def _link_to(form: Representation, rel: str) -> str:
    return link(f"/{form.path}", rel, type=form.short_type, profile=form.profile.iri if form.profile else "")
