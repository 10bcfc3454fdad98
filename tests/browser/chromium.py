"""Opens pages in chromium without a window, and brings back what a script in them found.

The pages themselves have no script. A copy of each gets axe-core and a few lines that write what they find into the
document; chromium prints the document when nothing is left to do. All requests to a network are cut off.
"""

from __future__ import annotations

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
<script>
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
</script>
"""


def browser() -> str | None:
    """The browser's command, or None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def look(page: Path, axe: Path, profile: Path, *, width: int, scheme: int) -> dict[str, Any]:
    """Open a copy of a page and return what was found. The copy lies beside the page, so that its links hold.

    Args:
        page: the page, in a release that may be written to.
        axe: axe-core's script.
        profile: a folder where the browser keeps its own things; one that is used again starts faster.
        width: width of the window in CSS pixels.
        scheme: DARK or LIGHT.
    """
    command = browser()
    assert command is not None
    copy = page.with_name(f"~tested-{width}-{scheme}-{page.name}")
    text = page.read_text(encoding="utf-8")
    script = f"<script>{axe.read_text(encoding='utf-8')}</script>{_SCRIPT}"
    copy.write_text(text.replace("</head>", f"{script}</head>"), encoding="utf-8")
    try:
        done = subprocess.run(
            [
                *(command, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
                *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
                "--host-resolver-rules=MAP * ~NOTFOUND",
                f"--user-data-dir={profile}",
                f"--window-size={width},1200",
                f"--blink-settings=preferredColorScheme={scheme}",
                *("--virtual-time-budget=30000", "--dump-dom", copy.as_uri()),
            ],
            capture_output=True,
            timeout=120,
            check=True,
        )
    finally:
        copy.unlink()
    found = _FOUND.search(done.stdout.decode())
    assert found is not None, done.stderr.decode()[-2000:]
    result: dict[str, Any] = json.loads(unescape(found[1]))
    return result
