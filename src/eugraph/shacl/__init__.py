"""SHACL Core and SHACL-SPARQL: shapes compiled once, run over many nodes at once, on terms exactly as parsed.

    plan = compile_shapes(shapes)
    results = plan.run(plan.graph(data))

Spec: SHACL, <https://www.w3.org/TR/shacl/>.
"""

from eugraph.shacl.graph import Graph
from eugraph.shacl.plan import Plan, beyond, compile_shapes
from eugraph.shacl.result import Result, read_report, report_triples, result_triples

__all__ = ["Graph", "Plan", "Result", "beyond", "compile_shapes", "read_report", "report_triples", "result_triples"]
