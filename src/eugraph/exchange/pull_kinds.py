"""What the ledger of an import from an endpoint can tell."""

from __future__ import annotations

from eugraph.sources.cordis.ledger import Kind, Outcome

PAGE = Kind("page", Outcome.NOTED, "A page of rows was read.")
CUT = Kind(
    "answer-cut",
    Outcome.NOTED,
    "The endpoint gave fewer rows than there are and did not say so. Pages are shorter from there on.",
)
NOT_COUNTED = Kind(
    "not-counted", Outcome.NOTED, "The endpoint did not count the rows, so nothing proves that all were read."
)
DIFFERS = Kind(
    "rows-differ",
    Outcome.DOUBTED,
    "More or fewer rows were read than the endpoint counted. It changed meanwhile, or it cuts.",
    malformed=True,
)
NO_TERM = Kind(
    "no-term", Outcome.DROPPED, "What the endpoint gave is no IRI or literal, so the statement with it cannot be made."
)
NO_STATEMENT = Kind(
    "no-statement", Outcome.DROPPED, "A literal stands where only an IRI can, so there is no statement."
)
ILL_TYPED = Kind("ill-typed-literal", Outcome.DOUBTED, "The text of a literal has not the form of its datatype.")
NAMED = Kind("blank-node-named", Outcome.MENDED, "A blank node got an IRI made of what is said of it.")
CIRCLE = Kind(
    "blank-node-circle", Outcome.DROPPED, "Blank nodes refer to each other in a circle, so they have no name."
)
KINDS = (PAGE, CUT, NOT_COUNTED, DIFFERS, NO_TERM, NO_STATEMENT, ILL_TYPED, NAMED, CIRCLE)
