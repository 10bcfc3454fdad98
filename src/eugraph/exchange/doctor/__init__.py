"""What one who harvests a site would say of it: a portal, a search engine, a crawler of linked data.

- diagnosis: what every check may report
- site: whom to ask, a folder or the web; reading: what stands in an answer
- discovery: where the catalogue is; visit: what is known of a site while it is looked at
- checks: what is looked at; examination: in which order; wishes: how far
- section, report, formats: what is told of it
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path

from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.exchange.doctor.examination import examine_site
from eugraph.exchange.doctor.report import Report
from eugraph.exchange.doctor.site.limits import Limits
from eugraph.exchange.doctor.wishes import SAMPLE, Wishes

__all__ = ["Diagnosis", "Report", "doctor"]


def doctor(
    site: str | PathLike[str],
    *,
    shapes: Sequence[Path] = (),
    previous: str | PathLike[str] = "",
    published_at: str = "",
    external: bool = False,
    sample: int = SAMPLE,
    timeout_s: float = 30,
    within_s: float = 900,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Return what a portal, a search engine or a crawler of linked data would say of a site.

    Args:
        site: an http or https address, or a folder.
        shapes: files or folders of SHACL shapes for the catalogue, beside the checks that are built in.
        previous: folder or address of the previous release, to compare identifiers with; "" for none.
        published_at: the address that the site is, or will be, published under; "" for what it says itself.
        external: whether other hosts are asked.
        sample: how many documents of a kind are looked at where there are more; each time the same (> 0).
        timeout_s: longest wait for one answer, in seconds (> 0).
        within_s: longest time for everything, in seconds (> 0).
        progress: is told each address that is asked.

    Raises:
        SiteError: there is no such folder, it is no address, or nothing answers there.
    """
    wishes = Wishes(
        shapes=tuple(shapes),
        base=published_at and published_at.rstrip("/") + "/",
        previous=str(previous),
        external=external,
        sample=sample,
        limits=Limits(answer_s=timeout_s, total_s=within_s),
    )
    return examine_site(str(site), wishes, progress)
