"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("prints", __name__)
