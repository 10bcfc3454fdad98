"""Lets the harvester of ckanext-dcat gather catalogues, and prints what it found, as JSON by address.

It is the harvester that portals run, as it is: it asks for the pages, follows them, and makes a dataset of CKAN of each
dataset. CKAN keeps what it gathers in a database, here one in memory. Runs in an environment of its own; see
`harvesters`, for which reason nothing of it is imported on top.

    python gathering.py http://127.0.0.1:8000/catalog.ttl http://127.0.0.1:8000/catalog.rdf
"""

from __future__ import annotations

import json
import sys
import warnings
from typing import Any

TABLES = (
    *("package", "harvest_source", "harvest_job", "harvest_object"),
    *("harvest_object_extra", "harvest_object_error", "harvest_gather_error"),
)


def prepare() -> None:
    """Make the tables that gathering needs, without what only PostgreSQL knows: checks of JSON, and indexes."""
    import sqlalchemy
    from ckan import model
    from ckanext.harvest.model import HarvestObject
    from sqlalchemy.dialects.postgresql import JSONB
    from sqlalchemy.ext.compiler import compiles

    compiles(JSONB, "sqlite")(lambda *_, **__: "JSON")
    metadata = HarvestObject.metadata
    tables = [metadata.tables[name] for name in TABLES]
    for table in tables:
        table.indexes.clear()
        for column in table.columns:
            column.constraints.clear()
    engine = sqlalchemy.create_engine("sqlite://")
    metadata.create_all(engine, tables=tables)
    model.meta.Session.configure(bind=engine)


def gather(url: str) -> dict[str, Any]:
    """Return the datasets that a portal gathers, the pages that it asked for, and its complaints."""
    from ckan import model
    from ckanext.dcat.harvesters.rdf import DCATRDFHarvester
    from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource

    pages: list[str] = []

    class Watched(DCATRDFHarvester):  # type: ignore[misc]  # is not there where types are checked
        def _get_content_and_type(self, url: str, *others: Any, **more: Any) -> Any:
            pages.append(url)
            return super()._get_content_and_type(url, *others, **more)

    source = HarvestSource(url=url, type="dcat_rdf")
    source.save()
    model.Session.add(model.Package(id=source.id, name=source.id, url=url))
    model.Session.commit()
    job = HarvestJob(source=source)
    job.save()
    found = Watched().gather_stage(job)
    datasets = [json.loads(HarvestObject.get(number).content) for number in found]
    return {"datasets": datasets, "pages": pages, "errors": [error.message for error in job.gather_errors]}


def main() -> None:
    """Gather the catalogues at the addresses that are given."""
    warnings.simplefilter("ignore")
    prepare()
    json.dump({url: gather(url) for url in sys.argv[1:]}, sys.stdout, default=str)


if __name__ == "__main__":
    main()
