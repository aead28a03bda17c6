"""The home: the folder that holds a keyring, a database and the heads of the audit."""

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from caseapp.vault.keyring import (
    Passphrase,
    UnlockKey,
    Vault,
    create_keyring,
    open_keyring,
    read_unlock_key,
)
from config import Settings, SettingsError

KEYRING = "keyring.json"
HEADS = "audit/heads.log"
DEMO_MARK = "demo.json"
DEMO_KEY = "demo-unlock.key"


def keyring_path(settings: Settings) -> Path:
    return settings.home / KEYRING


def is_made(settings: Settings) -> bool:
    return keyring_path(settings).exists()


def is_demo(settings: Settings) -> bool:
    return (settings.home / DEMO_MARK).exists()


def make_home(settings: Settings) -> tuple[Vault, str]:
    """A new, empty home; returns its open vault and the recovery key, to be shown once.

    Raises SettingsError where one is there already or nothing unlocks it.
    """
    refuse_to_replace(settings)
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return create_keyring(keyring_path(settings), unlock_secret(settings), demo=is_demo(settings))


def open_home(settings: Settings) -> Vault:
    """Unlock the keyring; raises VaultError or SettingsError with one plain line."""
    if not is_made(settings):
        raise SettingsError("There is no home here yet: make one with caseapp init")
    return open_keyring(keyring_path(settings), unlock_secret(settings), demo=is_demo(settings))


def unlock_secret(settings: Settings) -> Passphrase | UnlockKey:
    if settings.unlock_key_file:
        return read_unlock_key(settings.unlock_key_file)
    if settings.passphrase:
        return Passphrase(settings.passphrase)
    raise SettingsError(
        "Nothing unlocks this home: set CASEAPP_PASSPHRASE, CASEAPP_PASSPHRASE_FILE"
        " or CASEAPP_UNLOCK_KEY_FILE"
    )


def refuse_to_replace(settings: Settings) -> None:
    if is_made(settings):
        raise SettingsError("This home is already set up: choose an empty one with CASEAPP_HOME")


def unlock_demo(settings: Settings) -> Settings:
    """A demo home holds nobody's secrets, so its key may lie in it: nothing need be typed."""
    if settings.has_unlock or not is_demo(settings):
        return settings
    path = settings.home / DEMO_KEY
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return replace(settings, unlock_key_file=path)


def new_passphrase() -> str:
    """Six groups of four letters without look-alikes: 118 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(letters) for _ in range(4)) for _ in range(6))
    return "-".join(groups)


@contextmanager
def made_beside(settings: Settings) -> Iterator[Settings]:
    """Settings of a folder beside the home, which takes the home's place at the end.

    So a home that was stopped half-way is never taken for one that is there.
    """
    if settings.home.is_dir() and any(settings.home.iterdir()):
        raise SettingsError("The folder of the home holds something else: choose an empty one")
    making = settings.home.with_name(f"{settings.home.name}.half-made")
    shutil.rmtree(making, ignore_errors=True)
    yield replace(settings, home=making)
    if settings.home.exists():
        settings.home.rmdir()  # an empty folder may wait there; a full one is never replaced
    making.rename(settings.home)


def mark_as_demo(settings: Settings) -> None:
    """A home with the demo accounts says so, and is served on loopback alone."""
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = settings.home / DEMO_MARK
    path.write_text(json.dumps({"demo": True}), encoding="utf-8")
    path.chmod(0o600)
