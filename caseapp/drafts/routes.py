"""The key for a browser that seals drafts, and the page that lists them."""

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.drafts.keys import draft_key
from caseapp.web.gate import current_actor, needs

bp = Blueprint("drafts", __name__)

# What a browser itself says of a request that a script of our own page makes. None of it can be
# set by a page: so no form, frame, picture or script tag, ours or another site's, is given the key.
OUR_SCRIPT = {
    "Sec-Fetch-Site": {"same-origin"},
    "Sec-Fetch-Mode": {"cors", "same-origin"},
    "Sec-Fetch-Dest": {"empty"},
}


@bp.post("/drafts/key")
@needs(Permission.KEEP_ACCOUNT)
def release_key() -> ResponseReturnValue:
    """For this session's own user alone. Clients that say nothing of themselves still need the
    CSRF token."""
    if any(request.headers.get(name) not in {None, *said} for name, said in OUR_SCRIPT.items()):
        abort(400)
    key = draft_key(current_app.extensions["vault"], current_actor().user_id)
    return Response(key, mimetype="application/octet-stream")


@bp.get("/drafts")
@needs(Permission.KEEP_ACCOUNT)
def list_drafts() -> ResponseReturnValue:
    """An empty page: the browser fills it in, since the server has no drafts."""
    return render_template("drafts/list_drafts.html")
