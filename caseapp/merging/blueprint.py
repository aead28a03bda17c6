"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("merging", __name__)
