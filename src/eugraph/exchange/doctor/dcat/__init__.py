"""What a data portal says of a catalogue: DCAT-AP 3.0.1, its controlled vocabularies, and a score.

The statements may come from anywhere. Statements of a paged catalogue belong together: what a page names, another
describes.

- properties: the table of what DCAT-AP asks, class by class; vocabularies: the controlled vocabularies
- codes: what may be found
- score: the metadata quality by the rules of data.europa.eu; google: what Google's dataset search asks of pages
- shapes: the user's own shapes
"""

from eugraph.exchange.doctor.dcat.examining import examine
from eugraph.exchange.doctor.dcat.google import google
from eugraph.exchange.doctor.dcat.score import Score, score
from eugraph.exchange.doctor.dcat.shapes import shapes

__all__ = ["Score", "examine", "google", "score", "shapes"]
