"""Opens pages in chromium without a window, and brings back what a script in them found.

A copy of each page gets axe-core and a few lines that write what they find into the document; chromium prints the
document when nothing is left to do. Where a page allows its own scripts only, the copy allows these too, by their
digests, and no others. All requests to a network are cut off.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

DARK, LIGHT = 0, 1
_FOUND = re.compile(r'<pre id="found-by-test">(.*?)</pre>', re.DOTALL)
_SCRIPT = """
window.alert = () => { window.alerted = true; };
window.addEventListener("load", async () => {
  const root = document.documentElement;
  const seen = performance.getEntriesByType("resource").map((entry) => entry.name);
  const wide = [...document.querySelectorAll("main *")].filter((element) =>
    !element.closest(".wide, pre, .unseen, svg") && element.getBoundingClientRect().right > root.clientWidth + 1);
  const found = {
    width: root.clientWidth,
    scrolls: root.scrollWidth > root.clientWidth,
    wide: wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 160)),
    loaded: seen,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    paper: getComputedStyle(document.body).backgroundColor,
  };
  const acted = await (async () => { ACT })();
  found.acted = acted === undefined ? null : acted;
  found.alerted = window.alerted === true;
  document.querySelectorAll("details").forEach((element) => { element.open = true; });
  found.sideways = [...document.querySelectorAll(".wide")].filter((element) =>
    element.scrollWidth > element.clientWidth + 1 && !element.querySelector(".answer:not(.stack), svg"))
    .map((element) => element.getAttribute("aria-label"));
  const report = await axe.run(document, { resultTypes: ["violations"] });
  found.violations = report.violations.map((v) => ({
    id: v.id, help: v.help, count: v.nodes.length, nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)),
  }));
  const pre = document.createElement("pre");
  pre.id = "found-by-test";
  pre.textContent = JSON.stringify(found);
  document.body.append(pre);
});
"""


def browser() -> str | None:
    """The browser's command, or None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def look(page: Path, axe: Path, profile: Path, *, width: int, scheme: int, act: str = "") -> dict[str, Any]:
    """Open a copy of a page and return what was found. The copy lies beside the page, so that its links hold.

    Args:
        page: the page, in a release that may be written to.
        axe: axe-core's script.
        profile: a folder where the browser keeps its own things; one that is used again starts faster.
        width: width of the window in CSS pixels.
        scheme: DARK or LIGHT.
        act: body of a function that does something on the page; what it returns is found under "acted".
    """
    copy = page.with_name(f"~tested-{width}-{scheme}-{page.name}")
    text = page.read_text(encoding="utf-8")
    scripts = [axe.read_text(encoding="utf-8"), _SCRIPT.replace("ACT", act)]
    elements = "".join(f"<script>{script}</script>" for script in scripts)
    copy.write_text(_allowing(text, scripts).replace("</head>", f"{elements}</head>"), encoding="utf-8")
    try:
        printed = document(copy, profile, width=width, scheme=scheme)
    finally:
        copy.unlink()
    found = _FOUND.search(printed)
    assert found is not None, printed[-2000:]
    result: dict[str, Any] = json.loads(unescape(found[1]))
    return result


def _allowing(text: str, scripts: list[str]) -> str:
    """The page with the scripts allowed, where it says which it allows."""
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return text.replace("script-src ", "script-src " + "".join(f"&#39;sha256-{digest}&#39; " for digest in digests), 1)


def document(page: Path, profile: Path, *, width: int = 1440, scheme: int = LIGHT) -> str:
    """Open a page as it is and return the document as it stands when nothing is left to do."""
    command = browser()
    assert command is not None
    done = subprocess.run(
        [
            *(command, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}",
            f"--window-size={width},1200",
            f"--blink-settings=preferredColorScheme={scheme}",
            *("--virtual-time-budget=30000", "--dump-dom", page.as_uri()),
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )
    return done.stdout.decode()
