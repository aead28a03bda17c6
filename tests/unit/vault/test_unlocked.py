"""The open vault: what it derives, and that it shows nothing of it."""

import copy
import pickle
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from caseapp.vault import unlocked
from caseapp.vault.errors import CannotOpen
from caseapp.vault.keyring import Passphrase, RecoveryKey, UnlockKey, Vault
from caseapp.vault.keyring_file import Contents
from caseapp.vault.unlocked import OwnerCipher
from tests.unit.vault.sealed_notes import new_vault


def test_each_purpose_has_a_key_of_its_own(vault: Vault) -> None:
    assert vault.derive("one") == vault.derive("one")
    assert len({vault.derive("one"), vault.derive("two"), vault.stream_key(uuid4())}) == 3
    assert len(vault.derive("one", 64)) == 64


def test_an_unknown_generation_opens_nothing(vault: Vault) -> None:
    for key in (vault.audit_key, vault.row_seal_key):
        with pytest.raises(CannotOpen):
            key(2)


def test_an_owner_key_opens_for_its_owner_kind_and_generation_alone(vault: Vault) -> None:
    owner, key = uuid4(), bytes(range(32))
    wrapped = vault.wrap_owner_key(owner, "case", 1, 1, key)
    assert vault.unwrap_owner_key(owner, "case", 1, 1, wrapped) == key
    for other in ((uuid4(), "case", 1, 1), (owner, "person", 1, 1), (owner, "case", 2, 1)):
        with pytest.raises(CannotOpen):
            vault.unwrap_owner_key(*other, wrapped)


def test_a_token_is_the_same_however_the_fact_is_typed(vault: Vault) -> None:
    token = vault.blind_token("name_and_birth", "Ó Briain", "2007-03-01")
    assert vault.blind_token("name_and_birth", "o'briain ", "2007-03-01") == token
    assert len(token) == 8


def test_tokens_of_other_fields_other_parts_and_other_homes_are_unlike(
    vault: Vault, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = new_vault(tmp_path / "other")
    tokens = {
        vault.blind_token("phone", "07700 900123"),
        vault.blind_token("email", "07700 900123"),
        vault.blind_token("phone", "07700", "900123"),
        vault.blind_token("phone", "0770", "0900123"),
        other.blind_token("phone", "07700 900123"),
    }
    assert len(tokens) == 5


@pytest.mark.parametrize("parts", [(), ("",), (" ", "-")])
def test_an_empty_fact_has_no_token(vault: Vault, parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="empty"):
        vault.blind_token("phone", *parts)


def test_the_cache_of_ciphers_is_bounded_and_forgets_the_oldest(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unlocked, "CIPHERS_KEPT", 4)
    owners = [uuid4() for _ in range(5)]
    for owner in owners[:4]:
        vault.keep_cipher(owner, OwnerCipher(1, AESGCM(bytes(32))))
    assert vault.cipher_of(owners[0])
    vault.keep_cipher(owners[4], OwnerCipher(1, AESGCM(bytes(32))))
    assert [vault.cipher_of(owner) is not None for owner in owners] == [
        True,
        False,
        True,
        True,
        True,
    ]


def test_nothing_that_holds_a_secret_prints_pickles_or_copies_it(vault: Vault) -> None:
    secret = "a secret passphrase"
    for holder in (vault, Passphrase(secret), UnlockKey(secret.encode()), RecoveryKey(secret)):
        shown = f"{holder!r} {holder} {[holder]}"
        assert secret not in shown
        assert vault.root.hex() not in shown
        for take in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError):
                take(holder)


def test_a_vault_has_no_dict_that_a_traceback_or_debug_page_could_walk(vault: Vault) -> None:
    assert not hasattr(vault, "__dict__")


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_has_a_token_or_is_refused_as_empty(first: str, second: str) -> None:
    vault = Vault(
        Path("unused"),
        bytes(32),
        Contents(
            epochs={1: bytes(32)},
            row_seal={1: bytes(32)},
            audit={1: bytes(32)},
            index={1: bytes(32)},
        ),
    )
    try:
        assert len(vault.blind_token("any", first, second)) == 8
    except ValueError:
        assert not any(c.isalnum() for c in first + second if c.isascii())
