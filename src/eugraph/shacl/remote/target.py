"""The focus nodes of a shape as a group.

Spec: SHACL §2.1.3, <https://www.w3.org/TR/shacl/#targets>.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from eugraph.shacl.remote.condition import is_term
from eugraph.shacl.remote.endpoint import Endpoint
from eugraph.shacl.remote.scope import Nodes
from eugraph.shacl.shape import Shape


def focus_nodes(shape: Shape, endpoint: Endpoint) -> Iterator[Nodes]:
    """Yield the nodes that the targets of a shape name, in sets that share none.

    Those that are named one by one come first, texts apart from IRIs: Virtuoso goes wrong where they are mixed.
    """
    named = [target.term for target in shape.targets if target.kind == "node"]
    for kind in (NamedNode, Literal):
        if terms := [node for node in named if isinstance(node, kind)]:
            yield Nodes.listed(endpoint.fresh("focus"), terms)
    this = endpoint.fresh("focus")
    groups: list[str] = []
    for target in shape.targets:
        if target.kind == "class":
            groups.append(endpoint.instances(this, target.term))
        elif target.kind == "subjects-of":
            groups.append(f"{this} {target.term} {endpoint.fresh('other')} .")
        elif target.kind == "objects-of":
            groups.append(f"{endpoint.fresh('other')} {target.term} {this} .")
    if not groups:
        return
    found = Nodes(this, groups[0])
    if len(groups) > 1:
        found = Nodes(this, " UNION ".join(f"{{ {group} }}" for group in groups))
    texts = any(target.kind == "objects-of" for target in shape.targets)
    if named := [node for node in named if texts or isinstance(node, NamedNode)]:
        others = " || ".join(is_term(this, node) for node in named)
        found = Nodes(this, f"{found.group} FILTER(!({others}))")
    yield Nodes(this, found.selected) if named or len(groups) > 1 else found
