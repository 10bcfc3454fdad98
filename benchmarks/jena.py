"""Apache Jena's command line from Debian's package libapache-jena-java.

As shipped its XML library looks for its messages under a name that they do not have, so they are put there.
"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

_JARS = Path("/usr/share/java")
_MESSAGES = "org/apache/jena/ext/xerces/"
_UNWANTED = re.compile(r"-\d|log4j|maven|guice|slf4j-(?:jdk|jcl|migrator|reload|simple)")
_SOURCE = re.compile(r"sh:sourceShape\s+(\S+)")


def validate_command(data: Path, shapes: Path) -> list[str] | None:
    """Return the command that validates, or None where Jena is not installed."""
    path = _class_path()
    if path is None:
        return None
    return ["java", "-cp", path, "shacl.shacl", "validate", "--shapes", str(shapes), "--data", str(data)]


def found(report: str) -> dict[str, int]:
    """How many results each shape has in a report as Jena prints it."""
    return dict(sorted(Counter(re.split("[#/:]", name.strip("<>"))[-1] for name in _SOURCE.findall(report)).items()))


@cache
def _class_path() -> str | None:
    core = _JARS / "jena-core.jar"
    if not core.is_file() or shutil.which("java") is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="eugraph-jena-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with zipfile.ZipFile(core) as archive:
        for name in archive.namelist():
            if name.startswith(_MESSAGES) and name.endswith(".properties"):
                target = folder / "xerces" / name.removeprefix(_MESSAGES)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
    jars = sorted(jar for jar in _JARS.glob("*.jar") if not _UNWANTED.search(jar.name))
    return ":".join(map(str, (folder, *jars)))
