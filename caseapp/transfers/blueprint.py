"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("transfers", __name__)
