"""JUnit XML, which most services for continuous integration show: a suite a file, a case a finding.

A finding that is graver than what is let pass is a failure, a file that cannot be read is an error, and what is milder
passed with a note. Times and hosts are left out: equal findings give equal bytes.

Spec: there is none; the structure is that of the schema of Jenkins, `jenkins-junit.xsd`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from eugraph.errors import visible
from eugraph.findings import Finding
from eugraph.validate.listing import Listing, told
from eugraph.xml_text import escaped, quoted

_NO_FILE = "no file"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(listing: Listing) -> Iterator[str]:
    """Yield the document, suite by suite."""
    suites = {file: list(group) for file, group in groupby(listing.findings, key=_file)}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="eugraph validate" {_sums(listing.findings, listing)}>\n'
    if not suites:
        yield '  <testsuite name="eugraph validate" tests="1" failures="0" errors="0">\n'
        yield '    <testcase name="no finding" classname="eugraph"/>\n  </testsuite>\n'
    for file, findings in suites.items():
        yield f"  <testsuite name={_attribute(file)} {_sums(findings, listing)}>\n"
        for finding in findings:
            yield _case(finding, file, listing)
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _file(finding: Finding) -> str:
    return finding.place.path.as_posix() if finding.place else _NO_FILE


def _sums(findings: Sequence[Finding], listing: Listing) -> str:
    """The attributes that count; a suite without findings has one case that passed."""
    errors = sum(finding.unreadable for finding in findings)
    failures = sum(finding.severity >= listing.fail_on and not finding.unreadable for finding in findings)
    return f'tests="{len(findings) or 1}" failures="{failures}" errors="{errors}"'


def _case(finding: Finding, file: str, listing: Listing) -> str:
    place = str(finding.place or file)
    name = " ".join(part for part in (finding.code, listing.name(finding.focus), place) if part)
    message = told(finding)
    kind = "error" if finding.unreadable else "failure" if finding.severity >= listing.fail_on else ""
    text = escaped(_allowed(f"{place}: {finding.severity.word}: {message}"))
    if kind:
        inner = f"<{kind} type={_attribute(finding.code)} message={_attribute(message)}>{text}</{kind}>"
    else:
        inner = f"<system-out>{text}</system-out>"
    return f"    <testcase name={_attribute(name)} classname={_attribute(file)}>\n      {inner}\n    </testcase>\n"


def _allowed(text: str) -> str:
    """The text with escapes in place of characters that XML 1.0 has no way to write."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", visible(text))


def _attribute(text: str) -> str:
    return quoted(_allowed(text))
