"""Requests to a store: tried again where that may help, with a password where it belongs, and never longer than asked."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from cli.runner import run
from eugraph.errors import (
    CredentialsError,
    EndpointFailedError,
    EndpointRefusedError,
    EndpointTimeoutError,
    EndpointUnavailableError,
)
from eugraph.store.credentials import login_for
from eugraph.store.remote import RemoteStore

YES = b'{"head":{},"boolean":true}'
SECRET = "correct-horse"


class Site:
    """A server that answers with the statuses in its list, one a request, then with yes; and what it was sent."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/query"
        self.statuses: list[int | str] = []
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[float, dict[str, str], str]] = []
        self.server = "Site"
        self.password = ""  # "basic", "digest" or "bearer" where one is wanted


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.site.asked.append((time.monotonic(), dict(self.headers), body))
        status = self.site.statuses.pop(0) if self.site.statuses else 200
        if status == "gone":
            self.connection.close()
            return
        if not self._allowed():
            status = 401
        self.send_response(int(status))
        said = YES if status == 200 else f"no: {self.headers.get('Authorization')}".encode()
        challenge = {"basic": 'Basic realm="x"', "digest": 'Digest realm="x", nonce="n1", qop="auth", algorithm="MD5"'}
        if status == 401:
            self.send_header("WWW-Authenticate", challenge.get(self.site.password, "Bearer"))
        for name, value in {"Content-Type": "application/sparql-results+json", **self.site.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def _allowed(self) -> bool:
        given = self.headers.get("Authorization") or ""
        if self.site.password == "basic":
            return given == "Basic " + base64.b64encode(f"ada:{SECRET}".encode()).decode()
        if self.site.password == "bearer":
            return given == f"Bearer {SECRET}"
        if self.site.password == "digest":
            parts = dict(part.split("=", 1) for part in given.removeprefix("Digest ").split(", ") if "=" in part)
            parts = {name: value.strip('"') for name, value in parts.items()}
            if not parts:
                return False
            first, second = (_md5(text) for text in (f"ada:x:{SECRET}", f"POST:{parts['uri']}"))
            told = ":".join((first, "n1", parts["nc"], parts["cnonce"], "auth", second))
            return parts["response"] == _md5(told)
        return True

    def version_string(self) -> str:
        return self.site.server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


@pytest.fixture
def site() -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    here = Site(server.server_port)
    server.RequestHandlerClass = type("Handler", (_Handler,), {"site": here})
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


def netrc(folder: Path, line: str) -> Path:
    file = folder / "passwords"
    file.write_text(line, encoding="utf-8")
    file.chmod(0o600)
    return file


def test_a_server_that_is_busy_is_asked_again_with_growing_pauses(site: Site) -> None:
    site.statuses = [503, 502]
    assert RemoteStore(site.address).query("ASK {}") is True
    first, second, third = (moment for moment, _, _ in site.asked)
    assert 0.45 < second - first < 0.95
    assert 0.95 < third - second < 1.9


def test_a_connection_that_breaks_is_tried_again(site: Site) -> None:
    site.statuses = ["gone"]
    assert RemoteStore(site.address).query("ASK {}") is True


def test_what_fails_over_a_query_is_asked_once_more(site: Site) -> None:
    site.statuses = [500, 500, 500]
    with pytest.raises(EndpointFailedError):
        RemoteStore(site.address).query("ASK {}")
    assert len(site.asked) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 429, 501])
def test_what_will_not_change_is_not_asked_again(site: Site, status: int) -> None:
    site.statuses = [status]
    site.headers = {"Retry-After": "0"}
    with pytest.raises(Exception, match=str(status) if status != 400 else "does not accept"):
        RemoteStore(site.address).query("ASK {}")
    assert len(site.asked) == 1


def test_the_wait_that_a_server_asks_for_is_kept(site: Site) -> None:
    site.statuses = [503]
    site.headers = {"Retry-After": "1"}
    assert RemoteStore(site.address).query("ASK {}") is True
    assert site.asked[1][0] - site.asked[0][0] >= 1


@pytest.mark.parametrize("later", ["60", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_a_wait_beyond_the_time_that_there_is_is_told_at_once(site: Site, later: str) -> None:
    site.statuses = [503]
    site.headers = {"Retry-After": later}
    start = time.monotonic()
    with pytest.raises(EndpointUnavailableError, match=f"asks to wait: {later[:5]}"):
        RemoteStore(site.address, timeout_s=5).query("ASK {}")
    assert time.monotonic() - start < 2


def test_trying_again_ends_with_the_time_for_the_whole(site: Site) -> None:
    site.statuses = [503] * 9
    start = time.monotonic()
    with pytest.raises(EndpointUnavailableError):
        RemoteStore(site.address, timeout_s=1).query("ASK {}")
    assert time.monotonic() - start < 1.5


def test_a_rest_that_virtuoso_left_out_is_no_answer(site: Site) -> None:
    site.headers = {"X-SQL-State": "S1TAT"}
    with pytest.raises(EndpointTimeoutError):
        RemoteStore(site.address).query("ASK {}")


def test_virtuoso_is_told_the_limit_and_others_are_not(site: Site) -> None:
    store = RemoteStore(site.address, timeout_s=7)
    store.query("ASK {}")
    site.server = "Virtuoso/07.20.3229 (Linux)"
    store.query("ASK {}")
    store.query("ASK {}")
    assert ["timeout=7000" in body for _, _, body in site.asked] == [False, False, True]


def test_who_asks_is_told(site: Site) -> None:
    RemoteStore(site.address).query("ASK {}")
    agent = site.asked[0][1]["User-Agent"]
    assert agent.startswith("eugraph/")
    assert agent.endswith("(+https://w3id.org/eugraph)")


@pytest.mark.parametrize(("way", "name"), [("basic", "ada"), ("digest", "ada"), ("bearer", "__token__")])
def test_a_password_is_sent_as_the_server_wants_it(site: Site, tmp_path: Path, way: str, name: str) -> None:
    site.password = way
    file = netrc(tmp_path, f"machine 127.0.0.1 login {name} password {SECRET}\n")
    assert RemoteStore(site.address, credentials=file).query("ASK {}") is True


def test_the_environment_names_the_file(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.password = "bearer"
    file = netrc(tmp_path, f"machine 127.0.0.1 login __token__ password {SECRET}\n")
    monkeypatch.setenv("EUGRAPH_CREDENTIALS", str(file))
    assert RemoteStore(site.address).query("ASK {}") is True


def test_a_password_of_another_machine_is_not_sent(site: Site, tmp_path: Path) -> None:
    file = netrc(
        tmp_path, f"machine example.org login __token__ password {SECRET}\ndefault login a password {SECRET}\n"
    )
    RemoteStore(site.address, credentials=file).query("ASK {}")
    assert "Authorization" not in site.asked[0][1]


def test_without_a_password_the_option_is_named(site: Site) -> None:
    site.password = "basic"
    with pytest.raises(EndpointRefusedError, match=r"401.*--credentials"):
        RemoteStore(site.address).query("ASK {}")


@pytest.mark.parametrize("way", ["basic", "bearer"])
def test_a_password_stands_in_no_message_though_the_server_repeats_it(
    site: Site, tmp_path: Path, repository: Path, way: str
) -> None:
    site.password, site.statuses = way, ([200, 403] if way == "basic" else [403])
    name = "__token__" if way == "bearer" else "ada"
    file = netrc(tmp_path, f"machine 127.0.0.1 login {name} password {SECRET}\n")
    with pytest.raises(EndpointRefusedError) as caught:
        RemoteStore(site.address, credentials=file).query("ASK {}")
    assert "403" in str(caught.value)
    site.statuses = [200, 403] if way == "basic" else [403]
    outcome = run(repository, "query", "projects", "--endpoint", site.address, "--credentials", str(file))
    assert outcome.status == 2
    pair = base64.b64encode(f"{name}:{SECRET}".encode()).decode()
    for said in (str(caught.value), repr(caught.value), outcome.err, outcome.out):
        assert SECRET not in said
        assert pair not in said


def test_a_password_does_not_go_over_plain_http_unless_the_file_says_so(tmp_path: Path) -> None:
    file = netrc(tmp_path, f"machine store.example login ada password {SECRET}\n")
    assert login_for("https://store.example/sparql", file) is not None
    with pytest.raises(CredentialsError, match="over plain http") as caught:
        RemoteStore("http://store.example/sparql", credentials=file)
    assert SECRET not in str(caught.value)
    file = netrc(tmp_path, f"machine http://store.example login ada password {SECRET}\n")
    assert login_for("http://store.example/sparql", file) is not None


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = netrc(tmp_path, "machine h login a password b\n")
    file.chmod(0o644)
    with pytest.raises(CredentialsError, match="chmod 600"):
        login_for("https://h/", file)


@pytest.mark.parametrize("text", [f"machine h login a passwort {SECRET}", "{}", f"\x00 {SECRET}", ""])
def test_a_file_of_another_form_is_told_without_its_content(tmp_path: Path, text: str) -> None:
    file = netrc(tmp_path, text)
    if not text:
        assert login_for("https://h/", file) is None
        return
    with pytest.raises(CredentialsError, match="is not of the form") as caught:
        login_for("https://h/", file)
    assert SECRET not in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CredentialsError, match="cannot be read: No such file"):
        login_for("https://h/", tmp_path / "none")
