"""SHACL-SPARQL: constraints and constraint components that are queries, asked for many focus nodes at once.

Spec: SHACL §5 and §6, <https://www.w3.org/TR/shacl/#sparql-constraints>.
"""
