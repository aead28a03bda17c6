"""The pages on which somebody answers without being known: they leave no trace of a visit."""

FOLDER = "/s"


def is_nobodys(path: str) -> bool:
    """Whether a path lies among those pages, so that no session is opened, made or touched."""
    return path == FOLDER or path.startswith(f"{FOLDER}/")
