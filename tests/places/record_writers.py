"""Organisations as YAML and as a table, in any layout, each value with one that breaks exactly one shape."""

from __future__ import annotations

import random

from places.drafts import Draft, Slot


def yaml(chance: random.Random) -> Draft:
    draft = Draft(["# ü\n" * chance.randrange(3)])
    if chance.random() < 0.5:
        return draft.add(_yaml_thing(chance, 0, ""))
    for number in range(3):
        draft.add("---\n" if number else "", chance.choice(["# between\n", ""]), _yaml_thing(chance, number, ""), "\n")
    return draft


def csv(chance: random.Random) -> Draft:
    columns = ["name@en", "legalName", "pic", "nuts", "country", "organisationType", "ror", "source"]
    chance.shuffle(columns)
    draft = Draft([",".join(["id", *columns]), "\n"])
    for number in range(3):
        values = _values(chance, number)
        draft.add(f"o{number}")
        for column in columns:
            draft.add(",", _cell(chance, values.get(column, [])))
        draft.add(chance.choice(["\n", "\r\n"]))
    return draft


def _values(chance: random.Random, number: int) -> dict[str, list[tuple[str, str, str]]]:
    """The values of each key: the good one, the bad one, and the shape that this breaks."""
    values = {
        "name@en": [(f'Größe, "{number}"', "", "")],
        "legalName": [("Beispiel, e. V.", "", "")],
        "source": [("source/record", "project/alpha", "thing-source")],
        "pic": [(f"99900010{number}", f"9990010{number}", "organisation-pic")],
        "organisationType": [
            ("orgtype:hospital", "Role:coordinator", "organisation-organisationType"),
            ("orgtype:university", "acttype:HES", "organisation-organisationType"),
        ],
    }
    if chance.random() < 0.5:
        values["country"] = [("Country:DEU", "Country:Germany", "organisation-country")]
    else:
        values["country"] = [("Country:DEU", "", "")]
        values["nuts"] = [("DE300", "DE3000", "organisation-nuts")]
    for key in chance.sample(["legalName", "organisationType"], chance.randrange(3)):
        del values[key]
    return values


def _yaml_thing(chance: random.Random, number: int, indent: str) -> Draft:
    draft = Draft([f"id: organisation/o{number}\n{indent}type: Organisation"])
    items = list(_values(chance, number).items())
    chance.shuffle(items)
    for key, values in items:
        name, _, language = key.partition("@")
        draft.add(f"\n{indent}{name}:")
        slots = [Slot(*_quoted(chance, good, bad), shape) for good, bad, shape in values]
        if language:
            draft.add(chance.choice([f" {{{language}: ", f"\n{indent}  {language}:  "]), slots[0])
            draft.add("}" if "{" in str(draft.parts[-2]) else "")
        elif len(slots) == 1 and chance.random() < 0.7:
            draft.add(chance.choice([" ", "   ", f"\n{indent}  "]), slots[0])
        elif chance.random() < 0.5:
            draft.add(" [")
            for place, slot in enumerate(slots):
                draft.add(", " if place else "", slot)
            draft.add("]")
        else:
            for slot in slots:
                draft.add(f"\n{indent}  - ", slot)
        draft.add(chance.choice(["", "  # ü: [", f"\n{indent}# own line"]))
    return draft


def _quoted(chance: random.Random, good: str, bad: str) -> tuple[str, str]:
    """A text in single or double quotation marks, or without where YAML needs none."""
    kind = chance.choice(["single", "double", "plain"])
    if kind == "single" or (kind == "plain" and any(sign in good for sign in '",:#')):
        return f"'{good}'", f"'{bad}'"
    if kind == "double":
        return '"' + good.replace('"', '\\"') + '"', f'"{bad}"'
    return good, bad


def _cell(chance: random.Random, values: list[tuple[str, str, str]]) -> Draft:
    """A cell; the place of a value is that of its text, behind the quotation mark."""
    is_quoted = any(sign in good for good, _, _ in values for sign in '",') or chance.random() < 0.3
    written = [(good.replace('"', '""'), bad, shape) for good, bad, shape in values]
    if not written:
        return Draft([])
    draft = Draft(['"'] if is_quoted else [])
    for place, (good, bad, shape) in enumerate(written):
        draft.add(" | " if place else "", Slot(good, bad, shape))
    return draft.add('"' if is_quoted else "")
