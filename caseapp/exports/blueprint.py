"""The blueprint that the pages of releases share."""

from flask import Blueprint

bp = Blueprint("exports", __name__)
