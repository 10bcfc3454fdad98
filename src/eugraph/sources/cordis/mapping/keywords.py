"""Keywords of a project, as the one cell that holds them all."""

from __future__ import annotations

from eugraph.sources.cordis.nquads_text import one_line


def keywords(cell: str) -> tuple[list[str], bool]:
    """Return the keywords of a cell, each once, in their order; and whether it is doubtful what parts them.

    Semicolons part them where there are any, else commas. Where there are both, a comma may belong to a keyword
    ("2,5-furandicarboxylic acid") or part two of them.
    """
    sign = ";" if ";" in cell else ","
    found = dict.fromkeys(one_line(part).strip(",;") for part in cell.split(sign))
    return [word.strip() for word in found if word.strip()], sign == ";" and "," in cell
