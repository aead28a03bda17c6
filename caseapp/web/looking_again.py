"""A page that asks by itself how far a piece of work is (static/progress.js), while perhaps nobody
sits before it: its asking keeps no session alive."""

from flask import Response, request

BY_ITSELF = "X-By-Itself"
HOW_MANY = "X-Done"  # how far the bar of the page is filled
ENDED = 204


def looks_by_itself() -> bool:
    return BY_ITSELF in request.headers


def progress_line(words: str, done: int = 0) -> Response:
    """How far it is, and nothing of the page around; no `words` where it has ended."""
    headers = {HOW_MANY: str(done)}
    return Response(words, 200 if words else ENDED, headers, mimetype="text/plain")
