"""Objects that hold secrets: they neither print nor pickle what they hold."""

from typing import NoReturn, SupportsIndex


class Unshown:
    """Threat: a key or a name in a log, an error page, a cache or a copy on disk."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"

    def __reduce_ex__(self, _protocol: SupportsIndex) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is never pickled or copied")
