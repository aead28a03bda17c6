"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("households", __name__)
