"""Drives chromium over its DevTools protocol through a pipe: real keys, real pages of a real server.

Spec: <https://chromedevtools.github.io/devtools-protocol/>.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from browser.chromium import DARK, browser

_KEYS = {
    "Enter": ("Enter", 13, "\r"),
    "Tab": ("Tab", 9, ""),
    "Escape": ("Escape", 27, ""),
    "ArrowDown": ("ArrowDown", 40, ""),
    "ArrowUp": ("ArrowUp", 38, ""),
    "Space": ("Space", 32, " "),
}
CONTROL = 2


class Page:
    """A tab of the browser."""

    def __init__(self, sending: int, receiving: int) -> None:
        self._sending, self._receiving = sending, receiving
        self._number, self._rest = 0, b""
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Audits"):
            self._call(f"{domain}.enable")

    def open(self, address: str, *, width: int = 1440, height: int = 1200, scheme: int = 1) -> None:
        """Open an address and wait until it is loaded."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        colours = [{"name": "prefers-color-scheme", "value": "dark" if scheme == DARK else "light"}]
        self._call("Emulation.setEmulatedMedia", features=colours)
        self._call("Page.navigate", url="about:blank")  # so that another # is another page too
        self.events.clear()
        self._call("Page.navigate", url=address)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def run(self, script: str) -> Any:
        """Return what an expression is, or what its promise gives."""
        done = self._call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def until(self, condition: str, within_s: float = 20) -> None:
        """Wait until an expression is true."""
        deadline = time.monotonic() + within_s
        while not self.run(condition):
            assert time.monotonic() < deadline, f"never came true: {condition}"
            self.run("new Promise((done) => setTimeout(done, 30))")

    def press(self, key: str, modifiers: int = 0) -> None:
        """Press a key."""
        code, number, text = _KEYS[key]
        known = {
            "key": " " if key == "Space" else code,
            "code": code,
            "windowsVirtualKeyCode": number,
            "modifiers": modifiers,
        }
        shown = {"text": text} if text and not modifiers else {}
        self._call("Input.dispatchKeyEvent", type="keyDown" if shown else "rawKeyDown", **known, **shown)
        self._call("Input.dispatchKeyEvent", type="keyUp", **known)

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            self._call("Input.dispatchKeyEvent", type="char", text=letter)

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """Save what the page looks like."""
        done = self._call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(done["data"]))

    def requests(self) -> list[str]:
        """The addresses that were asked for since the page was opened."""
        self.run("0")
        found = [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
        return [address for address in found if not address.startswith("data:")]

    def complaints(self) -> list[str]:
        """What the browser complained about: errors of scripts, and what a policy kept from happening."""
        self.run("0")
        said = [e["params"]["entry"] for e in self.events if e["method"] == "Log.entryAdded"]
        thrown = [str(e["params"]) for e in self.events if e["method"] == "Runtime.exceptionThrown"]
        return [f"{entry['text']} {entry.get('url', '')}" for entry in said if entry["level"] == "error"] + thrown

    def faults(self, axe: Path) -> list[str]:
        """What axe-core finds. Runtime.evaluate is not bound by the page's policy."""
        self.run(axe.read_text(encoding="utf-8") + "; 0")
        found = self.run("axe.run(document, {resultTypes: ['violations']}).then((r) => JSON.stringify(r.violations))")
        return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in json.loads(found)]

    def _call(self, method: str, **params: Any) -> Any:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._sending, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            block = os.read(self._receiving, 1 << 20)
            assert block, "the browser has ended"
            self._rest += block
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


@contextmanager
def tab(profile: Path) -> Iterator[Page]:
    """A browser with one tab, which can reach loopback and nothing else."""
    command = browser()
    assert command is not None
    (to_read, sending), (receiving, to_write) = os.pipe(), os.pipe()
    options = [
        *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", f"--user-data-dir={profile}"),
        *("--remote-debugging-pipe", "about:blank"),
    ]
    process = subprocess.Popen(  # chromium reads from 3 and writes to 4
        ["/bin/sh", "-c", f'exec "$@" 3<&{to_read} 4>&{to_write}', "sh", command, *options],
        pass_fds=(to_read, to_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(to_write)
    try:
        yield Page(sending, receiving)
    finally:
        process.terminate()
        process.wait(timeout=20)
        os.close(sending)
        os.close(receiving)
