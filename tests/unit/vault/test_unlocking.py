"""What unlocks a keyring: key files closed to others, nothing published, nothing short."""

import logging
import os
from pathlib import Path

import pytest

from caseapp.vault.errors import WeakUnlock, WrongUnlock
from caseapp.vault.unlocking import (
    PUBLISHED_PASSPHRASES,
    Passphrase,
    RecoveryKey,
    Stretching,
    Unlock,
    UnlockKey,
    hkdf,
    parse_unlock_key,
    read_unlock_key,
    refuse_weak_unlock,
    unlock_key_from_environment,
    unlocking_key,
)

HEX = "00112233445566778899aabbccddeeff" * 2
SALT = bytes(range(16))


def key_file(folder: Path, mode: int, text: str = HEX + "\n") -> Path:
    path = folder / "unlock.key"
    path.write_text(text)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_a_key_file_that_only_we_can_read_is_read(tmp_path: Path, mode: int) -> None:
    assert read_unlock_key(key_file(tmp_path, mode)).key.hex() == HEX


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o666, 0o700, 0o500])
def test_a_key_file_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(WrongUnlock, match="0400 or 0600"):
        read_unlock_key(key_file(tmp_path, mode))


def test_a_key_file_of_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = key_file(tmp_path, 0o600)
    somebody_else = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody_else)
    with pytest.raises(WrongUnlock, match="that we own"):
        read_unlock_key(path)


def test_a_link_a_folder_a_pipe_and_nothing_are_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(key_file(tmp_path, 0o600))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    for path in (link, tmp_path, pipe, tmp_path / "absent"):
        with pytest.raises(WrongUnlock):
            read_unlock_key(path)


@pytest.mark.parametrize("text", ["", "00", HEX + "00", "g" * 64, "é" * 64])
def test_a_key_of_another_form_is_refused_without_being_shown(tmp_path: Path, text: str) -> None:
    with pytest.raises(WrongUnlock, match="64 hexadecimal digits"):
        read_unlock_key(key_file(tmp_path, 0o600, text))
    with pytest.raises(WrongUnlock):
        parse_unlock_key(text)


def test_a_key_in_the_environment_is_taken_with_a_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        key = unlock_key_from_environment({"NAME": HEX}, "NAME")
    assert key.key.hex() == HEX
    assert "NAME holds the unlock key" in caplog.text
    assert HEX not in caplog.text


def test_the_passphrase_is_stretched_by_argon2id_with_64_mib() -> None:
    known = "b1ed6de8112b0bb468b6fb9e5fbff0628c2cb75b7fef67554d47ea5eed4c4e5e"
    assert Stretching() == Stretching(memory_kib=65536, passes=3, lanes=1)
    assert unlocking_key(Passphrase("a known passphrase"), SALT, Stretching()).hex() == known


def test_the_same_passphrase_from_another_keyboard_gives_the_same_key() -> None:
    quick = Stretching(memory_kib=64, passes=1)
    composed, taken_apart = Passphrase("caf\u00e9 noir"), Passphrase("cafe\u0301 noir")
    assert unlocking_key(composed, SALT, quick) == unlocking_key(taken_apart, SALT, quick)


def test_each_kind_of_unlock_gives_a_key_of_its_own() -> None:
    quick = Stretching(memory_kib=64, passes=1)
    printed = "2345V-6789Q-2345X-6789S-ABCDM-EFGHF-WXYZ9-WXYZA"
    keys = {
        unlocking_key(unlock, SALT, quick)
        for unlock in (Passphrase(printed), RecoveryKey(printed), UnlockKey(printed.encode()[:32]))
    }
    assert len(keys) == 3


def test_hkdf_is_the_known_answer() -> None:
    assert (
        hkdf(bytes(range(32)), "a purpose").hex()
        == "194d8253f962a4fe1783adcd161c9ec9c189f8a08d19fd7fac63ea39e9eb8071"
    )


@pytest.mark.parametrize(
    "unlock",
    [
        *map(Passphrase, sorted(PUBLISHED_PASSPHRASES)),
        Passphrase(" Demo-Only-Not-Secret "),
        UnlockKey(bytes(32)),
        UnlockKey(bytes(range(32))),
        UnlockKey(b"\xff" * 32),
    ],
)
def test_a_published_secret_is_refused_outside_a_demo(unlock: Unlock) -> None:
    with pytest.raises(WeakUnlock):
        refuse_weak_unlock(unlock)
    refuse_weak_unlock(unlock, demo=True)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(WeakUnlock, match="12"):
        refuse_weak_unlock(Passphrase("eleven char"))
    refuse_weak_unlock(Passphrase("twelve chars"))
