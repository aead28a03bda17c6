"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("closure", __name__)
