"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("marac", __name__)
