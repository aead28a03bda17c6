"""The person: identity, safe contact, needs flags, and finding them by name."""

from flask import Flask

from caseapp.people.name_search import NameSearch
from caseapp.people.needs import how_far
from caseapp.people.safe_contact import hours_in_words


def install(app: Flask) -> None:
    """Each process keeps its own index of names, in memory alone."""
    app.extensions["name_search"] = NameSearch()
    app.jinja_env.filters |= {"safe_hours": hours_in_words, "how_far": how_far}
