"""The keyring: made once, opened by three kinds of unlock, never replaced by a new one."""

import secrets
import stat
from pathlib import Path
from uuid import uuid4

import pytest

from caseapp.vault.keyring import (
    KeyringMissing,
    Passphrase,
    RecoveryKey,
    RecoveryKeySlip,
    UnlockKey,
    WeakUnlock,
    WrongUnlock,
    change_passphrase,
    create_keyring,
    forget_epoch,
    new_epoch,
    open_keyring,
    renew_recovery_key,
)
from caseapp.vault.recovery_key import new_recovery_key

PASSPHRASE = Passphrase("a passphrase of the tests")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keyring.json"


@pytest.fixture
def unlock() -> UnlockKey:
    return UnlockKey(secrets.token_bytes(32))


def test_the_same_unlock_gives_the_same_vault(path: Path, unlock: UnlockKey) -> None:
    made, _ = create_keyring(path, unlock)
    opened = open_keyring(path, unlock)
    assert opened.derive("any") == made.derive("any")
    assert opened.blind_token("phone", "1") == made.blind_token("phone", "1")
    assert opened.audit_key(1) == made.audit_key(1)


def test_a_passphrase_opens_it_and_a_wrong_one_is_told_so_plainly(path: Path) -> None:
    made, _ = create_keyring(path, PASSPHRASE)
    assert open_keyring(path, PASSPHRASE).derive("any") == made.derive("any")
    with pytest.raises(WrongUnlock, match=r"^The passphrase is wrong$"):
        open_keyring(path, Passphrase("another passphrase"))
    with pytest.raises(WrongUnlock):
        open_keyring(path, Passphrase(""))


def test_the_recovery_key_opens_it_however_it_is_typed(path: Path, unlock: UnlockKey) -> None:
    made, printed = create_keyring(path, unlock)
    typed = printed.lower().replace("-", " ")
    assert open_keyring(path, RecoveryKey(typed)).derive("any") == made.derive("any")


def test_a_slip_in_the_recovery_key_is_told_apart_from_a_foreign_one(
    path: Path, unlock: UnlockKey
) -> None:
    _, printed = create_keyring(path, unlock)
    with pytest.raises(RecoveryKeySlip, match="Group 1 "):
        open_keyring(path, RecoveryKey(("3" if printed[0] == "2" else "2") + printed[1:]))
    with pytest.raises(WrongUnlock, match="does not belong") as foreign:
        open_keyring(path, RecoveryKey(new_recovery_key()))
    assert not isinstance(foreign.value, RecoveryKeySlip)


def test_an_unlock_that_the_keyring_does_not_know_opens_nothing(
    path: Path, unlock: UnlockKey
) -> None:
    create_keyring(path, unlock)
    with pytest.raises(WrongUnlock):
        open_keyring(path, UnlockKey(secrets.token_bytes(32)))
    with pytest.raises(WrongUnlock):
        open_keyring(path, PASSPHRASE)


def test_a_missing_keyring_is_said_to_be_missing_and_none_is_made(
    path: Path, unlock: UnlockKey
) -> None:
    with pytest.raises(KeyringMissing):
        open_keyring(path, unlock)
    assert not path.exists()


def test_a_keyring_is_never_replaced_by_a_new_one(path: Path, unlock: UnlockKey) -> None:
    create_keyring(path, unlock)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        create_keyring(path, unlock)
    assert path.read_bytes() == before


def test_the_file_is_ours_alone_and_two_keyrings_share_nothing(
    path: Path, unlock: UnlockKey
) -> None:
    first, _ = create_keyring(path, unlock)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    second, _ = create_keyring(path.with_name("other.json"), unlock)
    assert first.derive("any") != second.derive("any")


def test_a_published_secret_neither_makes_nor_opens_a_real_home(path: Path) -> None:
    published = Passphrase("demo-only-not-secret")
    with pytest.raises(WeakUnlock):
        create_keyring(path, published)
    create_keyring(path, published, demo=True)
    open_keyring(path, published, demo=True)
    with pytest.raises(WeakUnlock):
        open_keyring(path, published)


def test_a_changed_passphrase_opens_and_the_old_one_does_not(path: Path) -> None:
    vault, printed = create_keyring(path, PASSPHRASE)
    newer = Passphrase("a newer passphrase of the tests")
    change_passphrase(path, vault, newer)
    assert open_keyring(path, newer).derive("any") == vault.derive("any")
    assert open_keyring(path, RecoveryKey(printed)).derive("any") == vault.derive("any")
    with pytest.raises(WrongUnlock):
        open_keyring(path, PASSPHRASE)


def test_a_weak_passphrase_leaves_the_old_one(path: Path) -> None:
    vault, _ = create_keyring(path, PASSPHRASE)
    with pytest.raises(WeakUnlock):
        change_passphrase(path, vault, Passphrase("short"))
    assert open_keyring(path, PASSPHRASE).derive("any") == vault.derive("any")


def test_a_renewed_recovery_key_ends_the_old_one(path: Path, unlock: UnlockKey) -> None:
    vault, old = create_keyring(path, unlock)
    new = renew_recovery_key(path, vault)
    assert open_keyring(path, RecoveryKey(new)).derive("any") == vault.derive("any")
    with pytest.raises(WrongUnlock):
        open_keyring(path, RecoveryKey(old))


def test_a_new_epoch_is_there_for_every_later_start(path: Path, unlock: UnlockKey) -> None:
    vault, _ = create_keyring(path, unlock)
    assert new_epoch(path, vault) == 2
    assert open_keyring(path, unlock).epochs == (1, 2)


def test_a_change_builds_on_what_another_process_wrote(path: Path, unlock: UnlockKey) -> None:
    vault, _ = create_keyring(path, unlock)
    stale = open_keyring(path, unlock)
    new_epoch(path, vault)
    new_epoch(path, stale)
    assert open_keyring(path, unlock).epochs == (1, 2, 3)


def test_a_forgotten_epoch_is_gone_and_the_one_in_use_cannot_be_forgotten(
    path: Path, unlock: UnlockKey
) -> None:
    vault, _ = create_keyring(path, unlock)
    new_epoch(path, vault)
    forget_epoch(path, vault, 1)
    assert open_keyring(path, unlock).epochs == (2,)
    with pytest.raises(ValueError, match="in use"):
        forget_epoch(path, vault, 2)
    assert open_keyring(path, unlock).epochs == (2,)


def test_a_running_vault_takes_over_an_epoch_that_another_process_opened(
    path: Path, unlock: UnlockKey
) -> None:
    vault, _ = create_keyring(path, unlock)
    running, owner = open_keyring(path, unlock), uuid4()
    epoch = new_epoch(path, vault)
    wrapped = vault.wrap_owner_key(owner, "case", 1, epoch, bytes(32))
    assert running.unwrap_owner_key(owner, "case", 1, epoch, wrapped) == bytes(32)


def test_a_keyring_of_another_home_is_never_changed_by_ours(path: Path, unlock: UnlockKey) -> None:
    vault, _ = create_keyring(path, unlock)
    foreign = path.with_name("foreign.json")
    create_keyring(foreign, unlock)
    before = foreign.read_bytes()
    for change in (new_epoch, renew_recovery_key):
        with pytest.raises(Exception, match="damaged"):
            change(foreign, vault)
    assert foreign.read_bytes() == before
