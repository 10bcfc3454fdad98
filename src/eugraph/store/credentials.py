"""Names and passwords for stores: in a file of the form of `.netrc`, one line a machine, and nowhere else.

    machine store.example.org login curator password …
    machine localhost:8890    login dba     password …
    machine cloud.example.org login __token__ password …    # a bearer token
    machine http://10.0.0.5:8890 login dba  password …      # may go over plain http, as the line says so

No file is read but the one that is named. Nothing of it stands in a message.

Spec: the netrc file of GNU inetutils, as Python reads it, <https://docs.python.org/3/library/netrc.html>.
"""

from __future__ import annotations

import base64
import ipaddress
import netrc
import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from eugraph.errors import CredentialsError

VARIABLE = "EUGRAPH_CREDENTIALS"
TOKEN = "__token__"  # the login of what is a bearer token


@dataclass(frozen=True, slots=True)
class Login:
    """A name and its password; or `TOKEN` and a bearer token."""

    name: str
    secret: str = field(repr=False)

    @property
    def bearer(self) -> str:
        """What a bearer token is sent as, or "" where this is none. Spec: RFC 6750 §2.1."""
        return f"Bearer {self.secret}" if self.name == TOKEN else ""

    def hidden(self, text: str) -> str:
        """Return `text` without the secret, should a server have repeated it."""
        pair = base64.b64encode(f"{self.name}:{self.secret}".encode()).decode()
        return text.replace(pair, "…").replace(self.secret, "…") if self.secret else text


def login_for(address: str, file: Path | None) -> Login | None:
    """Return what the file says for the host of an address, or None where it has no line for it.

    Args:
        address: http or https address of a store.
        file: the file; None for the one that the environment variable EUGRAPH_CREDENTIALS names, if any.

    Raises:
        CredentialsError: the file cannot be read, others may read it, or the password would go over plain http.
    """
    named = file or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is None:
        return None
    hosts = _read(named)
    parts = urlsplit(address)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    own = hosts.get(f"{parts.scheme}://{host}{port}")
    found = own or hosts.get(f"{host}{port}") or hosts.get(host)
    if found is None:
        return None
    if own is None and parts.scheme != "https" and not _is_loopback(host):
        raise CredentialsError(
            f"{named}: the password for {host} would go over plain http, where others can read it. "
            f"Use https, or name the machine as http://{host}{port} in that file if the network is your own."
        )
    return Login(found[0], found[2])


def _read(file: Path) -> dict[str, tuple[str, str, str]]:
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise CredentialsError(f"{file}: others can read this file. Run chmod 600 on it.")
        return {
            name: (login, account, secret or "")
            for name, (login, account, secret) in netrc.netrc(str(file)).hosts.items()
        }
    except netrc.NetrcParseError as error:
        raise CredentialsError(
            f"{file}: line {error.lineno or '?'} is not of the form `machine HOST login NAME password SECRET`. Mend it."
        ) from None
    except UnicodeDecodeError:
        raise CredentialsError(f"{file}: the file is not UTF-8. Write it anew.") from None
    except OSError as error:
        raise CredentialsError(f"{file}: the credentials cannot be read: {error.strerror}. Check the name.") from None


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
