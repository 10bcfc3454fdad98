"""The codes of what is found in a catalogue: which check finds it, and what it means. The docs have the same table."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One kind of fault."""

    check: str  # a heading in the docs
    means: str


CODES: dict[str, Code] = {
    "catalogue-missing": Code("dcat-ap", "nothing is a dcat:Catalog"),
    "catalogue-empty": Code("dcat-ap", "a catalogue lists neither datasets nor data services"),
    "property-missing": Code("dcat-ap", "a mandatory property has too few values"),
    "property-recommended": Code("dcat-ap", "a recommended property has no value"),
    "property-repeated": Code("dcat-ap", "a property that may have one value has several"),
    "property-deprecated": Code("dcat-ap", "a property, class or value that a newer one has replaced"),
    "term-unknown": Code("dcat-ap", "a property or class that its vocabulary does not have"),
    "value-kind": Code("dcat-ap", "a text where a node belongs, or the other way round"),
    "value-blank": Code("dcat-ap", "a node without an IRI where one is needed"),
    "value-datatype": Code("dcat-ap", "a literal of another datatype than asked"),
    "node-missing": Code("dcat-ap", "a dataset, distribution or the like of which nothing is said"),
    "class-missing": Code("dcat-ap", "a value is described, and not as of the class that the property asks for"),
    "class-implied": Code("dcat-ap", "a value is of a class below the one asked for, which checks need to be told"),
    "class-unsaid": Code("dcat-ap", "the class of a value is not said, as nothing is said of it"),
    "concept-foreign": Code("vocabularies", "a value is not of the controlled vocabulary"),
    "concept-unknown": Code("vocabularies", "the controlled vocabulary has no such code"),
    "concept-unexplained": Code("vocabularies", "class, name or scheme of a known concept are not beside it"),
    "publisher-type": Code("vocabularies", "the type of a publisher is not a known one, or not explained"),
    "licence-unknown": Code("vocabularies", "a licence that portals do not know"),
    "literal-ill-formed": Code("values", "a text that is not of the datatype it claims"),
    "text-empty": Code("values", "a text with nothing in it"),
    "language-missing": Code("values", "a title or description in no stated language"),
    "language-repeated": Code("values", "several titles in one language"),
    "dates-disordered": Code("values", "modified before it was issued"),
    "period-disordered": Code("values", "a period that ends before it starts"),
    "checksum-length": Code("values", "a checksum of another length than its algorithm makes"),
    "contact-unreachable": Code(
        "values", "a contact point without e-mail, telephone or page, or with one of wrong form"
    ),
    "dataset-unlisted": Code("listing", "no catalogue lists a dataset"),
    "distribution-unlisted": Code("listing", "no dataset has a distribution"),
    "service-unlisted": Code("listing", "no catalogue lists a data service"),
    "series-empty": Code("listing", "no dataset is in a series"),
    "title-shared": Code("listing", "several datasets of one title"),
    "identifier-shared": Code("listing", "several datasets of one identifier"),
    "file-repeated": Code("listing", "several distributions of a dataset with one download URL"),
    "address-local": Code("addresses", "an address that only the publisher's own machine or network knows"),
    "address-scheme": Code("addresses", "an address that a harvester cannot fetch"),
    "google-required": Code("google", "a property that Google requires is missing"),
    "google-recommended": Code("google", "a property that Google recommends is missing"),
    "google-form": Code("google", "a value has not the form that Google asks for"),
    "google-context": Code("google", "a dataset whose names are not said to be those of schema.org"),
    "google-name-shared": Code("google", "datasets of several pages have one name"),
    "shape": Code("dcat-ap-shapes", "what the shapes that you gave find"),
}
