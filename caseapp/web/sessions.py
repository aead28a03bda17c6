"""Sessions kept in the database: the cookie is an opaque token, and ending a row ends a session."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, Request, Response, request
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import LargeBinary, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import CallbackDict

from caseapp.clock import now
from caseapp.database import PlainBase, db
from caseapp.vault.errors import CannotOpen
from caseapp.vault.tokens import open_for_token, seal_for_token
from caseapp.vault.unlocked import Vault
from caseapp.web.looking_again import looks_by_itself
from caseapp.web.nobody import is_nobodys

LABEL = "browser session"
IDLE_SECONDS = 15 * 60
ABSOLUTE_SECONDS = 8 * 60 * 60
STRANGER_SECONDS = 60 * 60  # not signed in: a form that was sent late may wait in there
REMEMBERED_SECONDS = 24 * 60 * 60  # whose session it was: what they send late is kept for them
TOUCH_SECONDS = 20  # how fine idle time is counted: a write less for most requests


class BrowserSession(PlainBase):
    """One signed-in browser, or one sign-in form that waits. Only the token's hash is stored,
    and its content is sealed under a key that the cookie is part of."""

    __tablename__ = "browser_sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[UUID | None] = mapped_column(index=True)
    started: Mapped[int]  # seconds since 1970
    seen: Mapped[int] = mapped_column(index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass
class Stored:
    """What the database says of the session that the cookie names."""

    token: str
    user_id: UUID | None
    started: int
    seen: int


class StoredSession(CallbackDict[str, Any], SessionMixin):
    """What Flask and its extensions see as the session."""

    def __init__(self, content: dict[str, Any] | None = None, stored: Stored | None = None) -> None:
        super().__init__(content or {}, on_update=StoredSession._note_change)
        self.stored = stored
        self.timed_out_user: UUID | None = None  # whose session this cookie was, until lately
        self.modified = False

    @staticmethod
    def _note_change(changed: CallbackDict[str, Any]) -> None:
        changed.modified = True  # type: ignore[attr-defined]

    def renew(self) -> None:
        """A new token for the same content, so that a token known before sign-in is worthless."""
        if self.stored:
            _forget(self.stored.token)
        self.stored, self.modified = None, True


class DatabaseSessions(SessionInterface):
    """Flask's session, opened and saved in the request's own transaction."""

    def open_session(self, app: Flask, request: Request) -> StoredSession:
        if request.path.startswith(f"{app.static_url_path}/") or is_nobodys(request.path):
            return StoredSession()
        token = request.cookies.get(self.get_cookie_name(app), "")
        return _load(app.extensions["vault"], token) if token else StoredSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, StoredSession) or is_nobodys(request.path):
            return
        if not session:
            if session.stored:
                _forget(session.stored.token)
                response.delete_cookie(self.get_cookie_name(app), path="/")
            return
        if session.stored and not session.modified:
            if not looks_by_itself():
                _touch(session.stored)
            return
        self._store(app, session, response)

    def _store(self, app: Flask, session: StoredSession, response: Response) -> None:
        moment = int(now().timestamp())
        if session.stored is None:
            session.stored = stored = Stored(secrets.token_urlsafe(32), None, moment, moment)
            _insert(app.extensions["vault"], session, stored)
            response.set_cookie(
                self.get_cookie_name(app),
                stored.token,
                httponly=True,
                secure=self.get_cookie_secure(app),
                samesite="Lax",
                path="/",
            )
        else:
            _update(app.extensions["vault"], session, session.stored, moment)


def end_sessions(user_id: UUID) -> int:
    """End every session of an account, at its next request at the latest; returns how many."""
    ended = db.session.execute(delete(BrowserSession).where(BrowserSession.user_id == user_id))
    return int(ended.rowcount)  # type: ignore[attr-defined]


def sweep_sessions() -> None:
    """Delete rows that nobody can use again, and whose owner is not about to send a form."""
    moment = int(now().timestamp())
    is_strangers = BrowserSession.user_id.is_(None)
    db.session.execute(
        delete(BrowserSession).where(
            or_(
                BrowserSession.seen < moment - REMEMBERED_SECONDS,
                and_(is_strangers, BrowserSession.seen < moment - STRANGER_SECONDS),
            )
        )
    )


def _load(vault: Vault, token: str) -> StoredSession:
    row = db.session.execute(
        select(BrowserSession.__table__).where(BrowserSession.token_hash == _hash(token))
    ).first()
    if row is None:
        return StoredSession()
    stored = Stored(token, row.user_id, row.started, row.seen)
    if _is_over(stored):
        ended = StoredSession()
        ended.timed_out_user = row.user_id
        return ended
    try:
        content = json.loads(open_for_token(vault, LABEL, token, row.content))
    except CannotOpen:
        return StoredSession()
    return StoredSession(content, stored)


def _is_over(stored: Stored) -> bool:
    moment = int(now().timestamp())
    idle = IDLE_SECONDS if stored.user_id else STRANGER_SECONDS
    return moment - stored.seen > idle or moment - stored.started > ABSOLUTE_SECONDS


def _touch(stored: Stored) -> None:
    moment = int(now().timestamp())
    if moment - stored.seen >= TOUCH_SECONDS:
        db.session.execute(_row(stored.token, update(BrowserSession)).values(seen=moment))


def _insert(vault: Vault, session: StoredSession, stored: Stored) -> None:
    db.session.execute(
        insert(BrowserSession).values(
            token_hash=_hash(stored.token),
            user_id=_user_id(session),
            started=stored.started,
            seen=stored.seen,
            content=_seal(vault, stored.token, session),
        )
    )


def _update(vault: Vault, session: StoredSession, stored: Stored, moment: int) -> None:
    db.session.execute(
        _row(stored.token, update(BrowserSession)).values(
            user_id=_user_id(session),
            seen=moment,
            content=_seal(vault, stored.token, session),
        )
    )


def _forget(token: str) -> None:
    db.session.execute(_row(token, delete(BrowserSession)))


def _row(token: str, statement: Any) -> Any:
    return statement.where(BrowserSession.token_hash == _hash(token))


def _user_id(session: StoredSession) -> UUID | None:
    user_id = session.get("_user_id")
    return UUID(user_id) if user_id else None


def _seal(vault: Vault, token: str, session: StoredSession) -> bytes:
    return seal_for_token(vault, LABEL, token, json.dumps(dict(session)).encode())


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
