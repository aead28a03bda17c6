"""What can go wrong in the vault, each as one plain line that gives nothing away."""


class VaultError(Exception):
    """Something is wrong with keys, seals or the store; the message is fit to be shown."""


class CannotOpen(VaultError):
    """Changed, moved, cut, planted or damaged: all alike, so that nobody learns by trying."""

    def __init__(self) -> None:
        super().__init__("A sealed record cannot be opened: it was changed, moved or damaged")


class KeyMissing(CannotOpen):
    """The owner's key was erased, or was never made: nothing of theirs can be opened."""

    def __init__(self) -> None:
        VaultError.__init__(self, "The key of this record was erased or never made")


class KeyTaken(VaultError):
    """A new record came with an id whose key belongs to a record of another kind."""

    def __init__(self) -> None:
        super().__init__("The id of this record is taken")


class KeyringMissing(VaultError):
    """There is no keyring where one should be."""

    def __init__(self) -> None:
        super().__init__("There is no keyring in this home: restore it from a backup of the keys")


class KeyringDamaged(VaultError):
    """The keyring file is not what was written. A new one is never made in its place."""

    def __init__(self) -> None:
        super().__init__("The keyring is damaged: restore it from a backup of the keys")


class WrongUnlock(VaultError):
    """The passphrase, key file or recovery key does not open this keyring."""


class WeakUnlock(VaultError):
    """A passphrase or key that everybody can know or guess."""


class StoreProblem(VaultError):
    """The embedded database cannot be read or written."""


class KeyringOutdated(VaultError):
    """The database was written with newer keys than the keyring holds."""

    def __init__(self) -> None:
        super().__init__("The keyring is older than the database: restore its newest backup")
