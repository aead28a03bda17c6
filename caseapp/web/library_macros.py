"""Draws form fields with the GOV.UK macros of the libraries, in a Jinja environment of their own.

Their templates count on missing names being empty, and ours must not: a misspelt name in a page
of ours is an error. They are also called straight, without a template and its context around each.
"""

from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

_library = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    auto_reload=False,
)


def library_macro(component: str, name: str) -> Any:
    """The macro `name` of the component, as a function of one dict of parameters."""
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    return getattr(_library.get_template(path).module, name)


def drawn_by_library(widget: type[Any], component: str, name: str) -> Any:
    """An instance of the library's widget that hands its parameters to the macro directly."""

    def render(_self: object, params: dict[str, Any]) -> Markup:
        drawn: Markup = library_macro(component, name)(params)
        return drawn

    return type(f"Direct{widget.__name__}", (widget,), {"render": render})()
