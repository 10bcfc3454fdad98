"""What a check of a site reports: a `Diagnosis`."""

from __future__ import annotations

from dataclasses import dataclass

from eugraph.findings import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One fault of a site, as its publisher reads it."""

    check: str  # the check that found it: a heading in docs/doctor.md, such as "paging"
    code: str  # the fault, such as "page-repeated"
    severity: Severity  # violation: a consumer drops or misreads something; warning: it has less; info: could be better
    where: str  # the address of the page, or of the dataset
    message: str  # the fault and how to mend it, one sentence each

    def sort_key(self) -> tuple[int, str, str, str, str]:
        """The graver first, then by place: an order that never depends on which answer came first."""
        return (-self.severity, self.check, self.where, self.code, self.message)
