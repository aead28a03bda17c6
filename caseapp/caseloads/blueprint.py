"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("caseloads", __name__)
