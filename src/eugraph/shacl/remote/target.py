"""The focus nodes of a shape as a group.

Spec: SHACL §2.1.3, <https://www.w3.org/TR/shacl/#targets>.
"""

from __future__ import annotations

from eugraph.shacl.remote.endpoint import Endpoint
from eugraph.shacl.remote.scope import Nodes
from eugraph.shacl.shape import Shape


def focus_nodes(shape: Shape, endpoint: Endpoint) -> Nodes:
    """The nodes that the targets of a shape name."""
    this = endpoint.fresh("focus")
    groups: list[str] = []
    named = [target.term for target in shape.targets if target.kind == "node"]
    if named:
        groups.append(Nodes.listed(this, named).group)
    for target in shape.targets:
        if target.kind == "class":
            groups.append(endpoint.instances(this, target.term))
        elif target.kind == "subjects-of":
            groups.append(f"{this} {target.term} {endpoint.fresh('other')} .")
        elif target.kind == "objects-of":
            groups.append(f"{endpoint.fresh('other')} {target.term} {this} .")
    return Nodes(this, groups[0] if len(groups) == 1 else " UNION ".join(f"{{ {group} }}" for group in groups))
