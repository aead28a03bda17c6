"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("packs", __name__)
