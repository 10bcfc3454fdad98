"""The house layout of Turtle files that people write: what stands keeps its order, its words and its comments.

Sorted `@prefix` lines without those that nobody uses; `a` first, then predicates as written, one a line; several
objects one a line; four spaces; a blank line between subjects. Terms are written letter by letter as they came in.

It works on the tokens of the text, not on the graph: `eugraph.rdf.turtle` is for graphs that have no text yet.

Spec: Turtle, <https://www.w3.org/TR/turtle/>.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from pyoxigraph import Quad, RdfFormat, parse

from eugraph.errors import CanonicalisationTimeoutError, LayoutRefusedError
from eugraph.rdf.layout_tokens import Comment, UnknownTokenError, tokens
from eugraph.rdf.layout_tree import Directive, Document, Node, Pair, Statement, nodes_of, tree, write_types_short
from eugraph.rdf.read import read
from eugraph.rdf.turtle import write_turtle

WIDTH = 120  # longest line, in characters, of a list or a bracket that stays on one line

_INDENT = 4
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


def lay_out_turtle(data: bytes, path: PurePath, *, base_iri: str) -> str:
    """Return a Turtle file in the house layout: the same statements and the same comments.

    Args:
        data: the file's bytes, UTF-8.
        path: the file's name as messages shall show it.
        base_iri: what relative IRIs are resolved against where the file sets no base.

    Raises:
        InputError: the file cannot be read.
        LayoutRefusedError: it says something that the layout does not know, or that it could not keep.
    """
    quads = read(data, path, base_iri=base_iri)
    text = data.decode("utf-8-sig")
    try:
        out = lay_out(text)
    except UnknownTokenError as error:
        line = len(re.findall(r"\r\n|\r|\n", text[: error.offset])) + 1
        fault = "the layout knows Turtle 1.1 with brackets no deeper than 50 only. Rewrite this, or lay it out by hand."
        raise LayoutRefusedError(path, fault, line=line) from None
    try:
        lost = _lost(text, quads, out, base_iri)
    except CanonicalisationTimeoutError as error:
        raise LayoutRefusedError(path, f"nobody can tell whether the layout keeps all: {error}") from None
    if lost:
        raise LayoutRefusedError(path, f"{lost}. The file is as it was; please report it.")
    return out


def _lost(text: str, quads: Iterable[Quad], out: str, base_iri: str) -> str:
    """Say what the new text has not kept of the old one, or ""."""
    again = parse(out, format=RdfFormat.TURTLE, base_iri=base_iri)
    if _canonical(again) != _canonical(quads):
        return "laid out, the file would state something else"
    if _comments(out) != _comments(text):
        return "laid out, the file would lack a comment"
    return ""


def _canonical(quads: Iterable[Quad]) -> str:
    return write_turtle((quad.triple for quad in quads), {})


def _comments(text: str) -> list[str]:
    """The comments of a text, sorted."""
    found = tokens(text)
    return sorted([token.after for token in found if token.after] + [c.text for token in found for c in token.before])


def lay_out(text: str) -> str:
    """Return Turtle that a parser has accepted in the house layout.

    Raises:
        UnknownTokenError: it is not Turtle 1.1, or nests too deep.
    """
    document = tree(text)
    head, directives, parts = _directives(document)
    blocks = [_comment_lines(head, 0)] if head else []
    if directives:
        blocks.append([line for directive in directives for line in _directive(directive)])
    begun = False
    for part in parts:
        if isinstance(part, Statement):
            blocks.append(_statement(part))
        elif begun and not part.before:
            blocks[-1] += _directive(part)
        else:
            blocks.append(_directive(part, part.before))
        begun = isinstance(part, Directive)
    if document.end:
        blocks.append(_comment_lines(document.end, 0))
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _directives(document: Document) -> tuple[list[Comment], list[Directive], list[Directive | Statement]]:
    """Return the comments at the head, the directives that go there in order, and the parts that follow.

    Directives stay where they are where a prefix or the base has two meanings in the file.
    """
    parts = document.parts
    if not _may_move(parts):
        first = parts[0]
        head: list[Comment] = []
        if isinstance(first, Directive):
            head, first.before = first.before, []
        return head, [], parts
    write_types_short(document, {d.name: d.iri for d in parts if isinstance(d, Directive) and d.name is not None})
    head, kept, statements = _move(document)
    used = {name.partition(":")[0] + ":" for node in nodes_of(document) for name in node.names}
    directives = [d for d in kept if d.name is None or d.name in used or d.after]
    return head, sorted(directives, key=lambda directive: directive.name or ""), statements


def _move(document: Document) -> tuple[list[Comment], list[Directive], list[Directive | Statement]]:
    """Take the directives out, each once. Their comments stay: at the head, or before the statement that follows."""
    head: list[Comment] = []
    kept: dict[str | None, Directive] = {}
    statements: list[Directive | Statement] = []
    waiting = head
    for part in document.parts:
        if isinstance(part, Statement):
            if statements:
                part.subject.before[:0] = waiting
            waiting = []
            statements.append(part)
            continue
        waiting += part.before
        earlier = kept.setdefault(part.name, part)
        if earlier is not part and part.after:
            waiting.append(Comment(part.after))
    if statements:
        document.end[:0] = waiting
    return head, list(kept.values()), statements


def _may_move(parts: Sequence[Directive | Statement]) -> bool:
    """Say whether all directives mean the same at the head of the file as where they are."""
    meanings: dict[str | None, str] = {}
    bound = stated = False  # whether a statement or a relative IRI came already, which a base would change
    for part in parts:
        if isinstance(part, Statement):
            stated = True
            continue
        is_relative, is_known = not _ABSOLUTE.match(part.iri), part.name in meanings
        if meanings.setdefault(part.name, part.iri) != part.iri:
            return False
        if part.name is None and (is_relative if is_known else bound or stated):
            return False
        bound |= is_relative
    return True


def _directive(directive: Directive, comments: Sequence[Comment] = ()) -> list[str]:
    return [*_comment_lines(comments, 0), directive.line + _behind(directive.after)]


def _comment_lines(comments: Sequence[Comment], indent: int) -> list[str]:
    """Comments on lines of their own; between subjects they keep one blank line where there was one."""
    lines = []
    for number, comment in enumerate(comments):
        if number and comment.spaced and indent == 0:
            lines.append("")
        lines.append(" " * indent + comment.text)
    return lines


def _behind(comment: str) -> str:
    return f" {comment}" if comment else ""


def _statement(statement: Statement) -> list[str]:
    subject = statement.subject
    lines = _comment_lines(subject.before, 0)
    if lines and subject.spaced:
        lines.append("")
    stop = "" if statement.dangling else " ."
    written = _node(subject, 0, 0)
    if not statement.pairs:
        lines.append(written + stop + _behind(subject.after))
    else:
        lines.append(written + _behind(subject.after))
        lines += _pairs(statement.pairs, _INDENT, stop or " ;")
    if statement.dangling:
        lines += [*_comment_lines(statement.dangling, _INDENT), " " * _INDENT + "." + _behind(statement.after)]
    return lines


def _pairs(pairs: Sequence[Pair], indent: int, end: str) -> list[str]:
    """Lines of predicates, `a` first; `end` follows the last."""
    ordered = sorted(pairs, key=lambda pair: pair.verb.text != "a")
    lines = []
    for number, pair in enumerate(ordered, 1):
        lines += _pair(pair, indent, end if number == len(ordered) else " ;")
    return lines


def _pair(pair: Pair, indent: int, end: str) -> list[str]:
    verb, objects = pair.verb, pair.objects
    lines = _comment_lines(verb.before, indent)
    head = f"{' ' * indent}{verb.text} "
    if verb.text == "a" and not verb.after and (classes := _classes(objects, len(head))):
        return [*lines, head + classes + end + _behind(objects[-1].after)]
    deeper = indent + _INDENT
    several = len(objects) > 1
    hanging = bool(verb.after or objects[0].before) or (several and any(_is_broken(o, deeper) for o in objects))
    if hanging:
        lines.append(head.rstrip() + _behind(verb.after))
    for number, value in enumerate(objects, 1):
        lead = head if number == 1 and not hanging else " " * deeper
        lines += _comment_lines(value.before, deeper)
        written = _node(value, deeper if several or hanging else indent, len(lead))
        lines.append(lead + written + (end if number == len(objects) else " ,") + _behind(value.after))
    return lines


def _classes(objects: Sequence[Node], column: int) -> str:
    """The objects of `a` on one line, or "" where they do not fit on it."""
    flat = [_flat(value) for value in objects]
    if any(value is None for value in flat) or any(o.before for o in objects) or any(o.after for o in objects[:-1]):
        return ""
    line = ", ".join(value for value in flat if value)
    return line if column + len(line) + 2 <= WIDTH else ""


def _is_broken(node: Node, column: int) -> bool:
    """Say whether a bracket takes several lines."""
    if node.kind not in ("[", "("):
        return False
    flat = _flat(node)
    return flat is None or column + len(flat) + 2 > WIDTH


def _node(node: Node, indent: int, column: int) -> str:
    """A term or bracket; `indent` is that of the line it begins on, `column` where it begins."""
    if not _is_broken(node, column):
        return _flat(node) or node.text
    deeper = indent + _INDENT
    lines = [node.text + _behind(node.inner)]
    lines += _pairs(node.pairs, deeper, "")
    for item in node.items:
        lines += _comment_lines(item.before, deeper)
        lines.append(" " * deeper + _node(item, deeper, deeper) + _behind(item.after))
    lines += _comment_lines(node.dangling, deeper)
    lines.append(" " * indent + ("]" if node.kind == "[" else ")"))
    return "\n".join(lines)


def _flat(node: Node) -> str | None:
    """A node on one line, or None where comments, line breaks or several predicates forbid it."""
    if node.kind not in ("[", "("):
        return node.text
    parts = [part for pair in node.pairs for part in (pair.verb, *pair.objects)] + node.items
    if node.inner or node.dangling or len(parts) > len(node.items) + 2 or any(p.before or p.after for p in parts):
        return None
    flat = [_flat(part) for part in parts]
    if any(text is None or "\n" in text or "\r" in text for text in flat):
        return None
    closing = "]" if node.kind == "[" else ")"
    inside = " ".join(text for text in flat if text)
    return f"{node.text} {inside} {closing}" if inside else node.text + closing
