"""What docs/linked-data.md says of addresses is what the server answers."""

from __future__ import annotations

import shlex

import httpx
import pytest

from docs.pages_apart import page, sections
from serve.running import Server

PAGE = page("linked-data.md")
ROWS = [
    [cell.strip(" `") for cell in line.strip("|").split("|")]
    for line in sections(PAGE, 2)["What each address answers"].splitlines()
    if line.startswith("| `/")
]
CURL = [line for line in PAGE.splitlines() if line.startswith("curl ")]


@pytest.mark.parametrize(("address", "status", "says"), ROWS, ids=[row[0] for row in ROWS])
def test_an_address_answers_as_the_page_says(reference: Server, address: str, status: str, says: str) -> None:
    answer = reference.get(address)
    assert str(answer.status_code) == status
    assert ("on to" in says) == ("location" in answer.headers)


@pytest.mark.parametrize("line", CURL)
def test_a_command_of_the_page_gets_an_answer(reference: Server, line: str) -> None:
    words = shlex.split(line)
    headers = dict(words[n + 1].split(": ", 1) for n, word in enumerate(words) if word == "-H")
    (address,) = [word for word in words if word.startswith("http://127.0.0.1:8000/")]
    answer = httpx.request(
        "HEAD" if "-I" in words else "GET",
        address.replace("http://127.0.0.1:8000", reference.root),
        headers=headers,
        follow_redirects="-L" in words,
        timeout=60,
    )
    assert answer.status_code == 200
    if "Accept" in headers:
        assert answer.headers["content-type"].partition(";")[0] == headers["Accept"]


def test_every_header_that_the_page_names_is_there(reference: Server) -> None:
    names = [line.split("`")[1] for line in sections(PAGE, 2)["Headers"].splitlines() if line.startswith("| `")]
    assert len(names) == 11
    answer = reference.get("/project/harmony", headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    assert [name for name in names if name not in answer.headers] == []
