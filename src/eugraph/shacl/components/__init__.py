"""The core constraint components, a module a family, named as in the specification.

Spec: SHACL §4, <https://www.w3.org/TR/shacl/#core-components>.
"""
