"""Other hosts are asked only where the user wants it."""

from __future__ import annotations

from pathlib import Path

from eugraph.exchange.doctor.checks import links
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.answer import Answer, Failure, Hop
from eugraph.exchange.doctor.site.folder import FolderSite
from eugraph.exchange.doctor.site.limits import Limits
from eugraph.exchange.doctor.site.site import Clock
from eugraph.exchange.doctor.visit import Visit

PAGE = "".join(f'<a href="https://{name}.example/">x</a>' for name in ("good", "gone", "moved", "login", "silent"))
ANSWERS = {
    "good": Answer(address="https://good.example/", url="https://good.example/", status=200),
    "gone": Answer(address="https://gone.example/", url="https://gone.example/", status=404),
    "moved": Answer(
        address="https://moved.example/",
        url="https://new.example/",
        status=200,
        hops=(Hop(301, "https://new.example/"),),
    ),
    "login": Answer(address="https://login.example/", url="https://login.example/", status=401),
    "silent": Answer(address="https://silent.example/", url="https://silent.example/", failure=Failure.TIMEOUT),
}


def looked(folder: Path, visit: Visit) -> Section:
    (folder / "index.html").write_text(PAGE)
    visit.documents = [visit.start]
    section = Section("links", "links")
    links.check(visit, section)
    return section


def site(folder: Path) -> FolderSite:
    return FolderSite(folder, Limits(), Clock(60))


def test_links_to_other_hosts_are_counted_and_not_asked(tmp_path: Path) -> None:
    found = site(tmp_path)
    section = looked(tmp_path, Visit(found, found.names.base))
    assert section.unexamined == ["5 links to other hosts: they are asked with --external."]
    assert not section.diagnoses


def test_links_to_other_hosts_are_judged_where_they_are_asked(tmp_path: Path) -> None:
    found, asked = site(tmp_path), []

    def outside(address: str) -> Answer:
        asked.append(address)
        return next(answer for answer in ANSWERS.values() if answer.address == address)

    section = looked(tmp_path, Visit(found, found.names.base, outside=outside))
    assert len(asked) == len(set(asked)) == 5
    assert [(each.code, each.message.partition(": ")[0]) for each in section.diagnoses] == [
        ("link-dead", "https://gone.example/"),
        ("link-moved", "https://moved.example/ has moved for good to https://new.example/. Write the new address."),
        ("link-dead", "https://silent.example/"),
    ]
