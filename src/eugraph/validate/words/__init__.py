"""What a validation result says to a person: what is wrong, the value, and what to do.

The shape's own message comes first. Where it has none, a sentence is made of the constraint and its parameters. What
is behind a fault of a shape within a shape is told as reasons: the faults at the very end, by alternative.
"""

from eugraph.validate.words.names import Names
from eugraph.validate.words.telling import Words

__all__ = ["Names", "Words"]
