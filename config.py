"""The settings of one running caseapp, read once from the environment and then frozen."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message is one plain line."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Settings:
    """Where the home lies and what unlocks it. Its repr shows no secret."""

    home: Path
    database_url: str | None = None
    passphrase: str | None = None
    unlock_key_file: Path | None = None
    host: str = "127.0.0.1"
    port: int = 5000
    secure_cookies: bool = False
    proxies: int = 0  # how many trusted ones stand between us and a browser
    directory_hosts: frozenset[str] = frozenset()  # from where services may be fetched
    leave_to: str = "https://www.bbc.co.uk/weather"  # where somebody goes who leaves a survey
    testing: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the CASEAPP_* variables; raises SettingsError with one plain line."""
        key_file = environ.get("CASEAPP_UNLOCK_KEY_FILE")
        return cls(
            home=Path(environ.get("CASEAPP_HOME") or PROJECT / "instance").absolute(),
            database_url=_postgresql_only(environ.get("CASEAPP_DATABASE_URL") or None),
            passphrase=_secret(environ, "CASEAPP_PASSPHRASE"),
            unlock_key_file=Path(key_file) if key_file else None,
            host=environ.get("HOST") or "127.0.0.1",
            port=_port(environ.get("PORT") or "5000"),
            secure_cookies=environ.get("CASEAPP_HTTPS", "") == "1",
            proxies=_few(environ.get("CASEAPP_PROXIES") or "0"),
            directory_hosts=_hosts(environ.get("CASEAPP_DIRECTORY_HOSTS") or ""),
            leave_to=_web_address(environ.get("CASEAPP_LEAVE_TO") or cls.leave_to),
        )

    @property
    def is_loopback(self) -> bool:
        return self.host in {"127.0.0.1", "localhost", "::1"}

    @property
    def has_unlock(self) -> bool:
        """Whether something is set that can unlock a home."""
        return bool(self.passphrase or self.unlock_key_file)

    def __repr__(self) -> str:
        return f"<Settings home={self.home.name!r}>"


def _secret(environ: Mapping[str, str], name: str) -> str | None:
    path = environ.get(f"{name}_FILE")
    if not path:
        return environ.get(name) or None
    try:
        return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as error:
        raise SettingsError(f"{name}_FILE cannot be read: {error.strerror}") from None


def _postgresql_only(url: str | None) -> str | None:
    if url is None or url.startswith("postgresql+psycopg://"):
        return url
    if url.startswith("postgresql://"):
        return url.replace("postgresql://", "postgresql+psycopg://", 1)
    raise SettingsError("CASEAPP_DATABASE_URL must start with postgresql://")


def _hosts(text: str) -> frozenset[str]:
    """Names of hosts, with commas between them; no address, no port, no star."""
    hosts = [part.strip().lower() for part in text.split(",") if part.strip()]
    label = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
    if not all(re.fullmatch(rf"({label}\.)+[a-z][a-z0-9-]*[a-z0-9]", host) for host in hosts):
        raise SettingsError(
            "CASEAPP_DIRECTORY_HOSTS must be names like directory.example.gov.uk,"
            " with commas between them"
        )
    return frozenset(hosts)


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]+(/[!-~]*)?", text):
        raise SettingsError("CASEAPP_LEAVE_TO must be an address that starts with https://")
    return text


def _few(text: str) -> int:
    if not text.isdecimal() or int(text) > 9:
        raise SettingsError("CASEAPP_PROXIES must be a number from 0 to 9")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError("PORT must be a number from 1 to 65535")
    return int(text)
