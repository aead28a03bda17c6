"""The steps of signing in: password, second factor, new password where one is due."""

import hashlib
from typing import cast
from uuid import UUID

from flask import current_app, request, session
from flask_login import login_user
from sqlalchemy.orm.exc import StaleDataError

from caseapp.accounts import delays, second_factor
from caseapp.accounts.demo import skips_second_factor
from caseapp.accounts.devices import known_device
from caseapp.accounts.models import User
from caseapp.accounts.passwords import is_password_of
from caseapp.accounts.queries import find_user_by_email
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import now
from caseapp.database import db
from caseapp.web.sessions import StoredSession, sweep_sessions

PENDING = "signing_in"
OFFERED = "offered_secret"
PENDING_SECONDS = 20 * 60  # long enough to install an app for the second factor
OUTLIVES_SIGN_IN = ("next_path", "next_for", "kept_form", "recovery_codes")


class MustWait(Exception):
    """Too many tries; `seconds` until the next one may be made."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def try_password(email: str, password: str) -> User | None:
    """The account that both belong to, or None; nothing tells which was wrong.

    Raises MustWait, TooBusy. Ends the transaction before the slow part.
    """
    user = find_user_by_email(email)
    device = known_device(user.id if user else None)
    address = request.remote_addr or ""
    tries = delays.tries_at_password(current_app.extensions["vault"], email, address, device)
    _spend(tries)
    right = is_password_of(user.password_hash if user else None, password)
    if user is None or not right or not user.is_active:
        record(Kind.SIGN_IN_FAILED, actor=None, subject_id=user.id if user else None)
        return None
    delays.give_back(tries)
    return user


def confirm_password(user: User, password: str) -> bool:
    """Whether somebody who is signed in knows the password too. Raises MustWait, TooBusy."""
    return try_password(user.head.email, password) is not None


def try_code(user: User, code: str) -> str | None:
    """ "app" or "recovery_code" where the code is right, and used from now on. Raises MustWait."""
    device = known_device(user.id)
    tries = delays.tries_at_code(current_app.extensions["vault"], user.id, device)
    _spend(tries)
    how = _use_code(user, code)
    if how is None:
        record(Kind.SIGN_IN_FAILED, actor=None, subject_id=user.id, detail={"step": "code"})
    else:
        delays.give_back(tries)
    return how


def begin(user: User) -> None:
    """The password was right. The token changes now: whoever planted the old one learns nothing."""
    session[PENDING] = {
        "user": str(user.id),
        "since": int(now().timestamp()),
        "password": _fingerprint(user),
    }
    session.pop(OFFERED, None)
    renew_token()


def offered_secret() -> str:
    """A new second factor that waits for a code to prove it; the same until it is taken."""
    secret: str = session.setdefault(OFFERED, second_factor.new_secret())
    return secret


def pending_user() -> User | None:
    """Who has given the right password lately and is not signed in yet."""
    pending = session.get(PENDING)
    if not pending or int(now().timestamp()) - pending["since"] > PENDING_SECONDS:
        session.pop(PENDING, None)
        return None
    user = db.session.get(User, UUID(pending["user"]))
    if user is None or not user.is_active or pending["password"] != _fingerprint(user):
        return None
    return user


def pass_second_factor(how: str) -> None:
    session[PENDING] = {**session[PENDING], "second_factor": how}


def renew_password_mark(user: User) -> None:
    """The pending sign-in goes on after it changed the password itself."""
    session[PENDING] = {**session[PENDING], "password": _fingerprint(user)}


def next_step(user: User) -> str | None:
    """The endpoint of the step that is still missing; None: all are passed."""
    if not skips_second_factor(user) and "second_factor" not in session[PENDING]:
        return "accounts.enter_code" if user.body.second_factor else "accounts.set_up_second_factor"
    return "accounts.choose_password" if user.body.must_change_password else None


def finish(user: User) -> None:
    """Sign in, under a new token and with nothing of what the browser brought along."""
    how = session[PENDING].get("second_factor", "off_in_demo")
    kept = {name: session[name] for name in OUTLIVES_SIGN_IN if name in session}
    session.clear()
    session.update(kept)
    renew_token()
    log_in(user)
    sweep_sessions()
    delays.sweep_tries()
    record(Kind.SIGNED_IN, actor=user.actor, subject_id=user.id, detail={"second_factor": how})


def log_in(user: User) -> None:
    """Name the account in this session; renew its token before."""
    login_user(user)


def _spend(tries: delays.Tries) -> None:
    wait = delays.spend(tries)
    db.session.commit()
    if wait:
        raise MustWait(wait)


def _use_code(user: User, code: str) -> str | None:
    secret, body = user.body.second_factor, user.body
    step = second_factor.matching_step(secret, code, body.last_step, now()) if secret else None
    remaining = second_factor.without_code(body.recovery_digests, code)
    if step is not None:
        user.remember(last_step=step)
    elif remaining is not None:
        user.remember(recovery_digests=remaining)
    else:
        return None
    return _saved_first("recovery_code" if step is None else "app")


def _saved_first(how: str) -> str | None:
    """Of two requests that use one code at the same moment only one can save that it is used."""
    try:
        db.session.flush()
    except StaleDataError:
        db.session.rollback()
        return None
    return how


def _fingerprint(user: User) -> str:
    """Changes with the password, so that a sign-in begun with the old one cannot go on."""
    return hashlib.sha256(user.password_hash.encode()).hexdigest()[:16]


def renew_token() -> None:
    """A new session token for what follows; the old one is worthless."""
    cast(StoredSession, session).renew()
