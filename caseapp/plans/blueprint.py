"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("plans", __name__)
