"""The metadata-quality score of data.europa.eu (MQA): five dimensions, 405 points, four ratings.

- metrics: the table of what counts; formats: which file formats are open and readable by machines
- counting: how a catalogue of many datasets is counted; result: the score
"""

from eugraph.exchange.doctor.dcat.score.counting import Asked, score
from eugraph.exchange.doctor.dcat.score.result import Measured, Score

__all__ = ["Asked", "Measured", "Score", "score"]
