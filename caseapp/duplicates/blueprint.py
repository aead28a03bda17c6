"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("duplicates", __name__)
