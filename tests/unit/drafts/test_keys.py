"""The key of a draft belongs to one person, and to one purpose."""

from uuid import uuid4

from flask import Flask

from caseapp.drafts.keys import KEY_BYTES, NAME_BYTES, draft_key
from caseapp.vault.unlocked import Vault
from tests.cast import Cast


def vault_of(app: Flask) -> Vault:
    vault: Vault = app.extensions["vault"]
    return vault


def test_a_draft_of_last_week_still_opens(app: Flask, cast: Cast) -> None:
    user_id = cast.manager.user_id
    assert draft_key(vault_of(app), user_id) == draft_key(vault_of(app), user_id)


def test_no_two_people_share_a_key_or_the_name_of_a_store(app: Flask) -> None:
    keys = [draft_key(vault_of(app), uuid4()) for _ in range(50)]
    assert len({key[:KEY_BYTES] for key in keys}) == 50
    assert len({key[KEY_BYTES:] for key in keys}) == 50
    assert {len(key) for key in keys} == {KEY_BYTES + NAME_BYTES}


def test_the_name_of_the_store_tells_nothing_of_the_person_or_the_key(app: Flask) -> None:
    user_id = uuid4()
    key = draft_key(vault_of(app), user_id)
    assert user_id.bytes not in key
    assert key[KEY_BYTES:] not in key[:KEY_BYTES]
