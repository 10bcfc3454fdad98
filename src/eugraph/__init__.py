"""eugraph publishes descriptions of EU-funded projects as a linked-data knowledge graph.

The order of the work is in `eugraph.pipeline`: read, derive, validate, write.
"""

__version__ = "0.1.0"
