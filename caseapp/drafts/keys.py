"""The key under which a browser seals what one person types."""

from uuid import UUID

from caseapp.vault.unlocked import Vault

KEY_BYTES = 32  # AES-256-GCM
NAME_BYTES = 16  # of the store in the browser, so that nobody's store can be told from its name


def draft_key(vault: Vault, user_id: UUID) -> bytes:
    """The key and the name of the store, one after the other; the same for as long as the keyring
    lives, so that a draft of last week still opens."""
    return vault.derive(f"drafts of {user_id}", KEY_BYTES + NAME_BYTES)
