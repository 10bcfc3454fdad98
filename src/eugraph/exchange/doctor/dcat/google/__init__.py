"""Google's requirements for datasets, over the schema.org JSON-LD that pages carry.

- reading: finds the datasets in JSON-LD as pages write it; requirements: the table of what is required and recommended
- checking: what of it is missing or of wrong form
"""

from eugraph.exchange.doctor.dcat.google.checking import google

__all__ = ["google"]
