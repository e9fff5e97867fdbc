"""Accounts: who may sign in, and how a browser becomes theirs."""

from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dam.errors import Forbidden, Malformed, Unavailable
from dam.records import log, users
from dam.records.users import User
from dam.rights.facts import Audience
from dam.workflows.archive import Archive

LEAST_PASSWORD = 12
MOST_PASSWORD = 1000
_LINK_LIFE = timedelta(hours=1)
_WINDOW = timedelta(minutes=15)
_MOST_FAILURES = 10
_HASHER = PasswordHasher()
# Checked when there is no such account, so that the answer takes as long as for one that exists.
_NOBODY = _HASHER.hash("nobody has this password")


class BadPassword(Malformed):
    """The password cannot be used."""


class BadUserName(Malformed):
    """The name cannot be used for an account."""


class SignInRefused(Forbidden):
    """Name and password do not belong together, or the link is spent."""


class TooManyFailures(Unavailable):
    """Too many sign-ins with this name failed; wait a quarter of an hour."""


def add_user(archive: Archive, name: str, role: Audience, password: str | None, by: str) -> User:
    """Return the new account; without a password it can sign in by a link only.

    Raises:
        BadUserName, BadPassword, UserExists
    """
    name = name.strip()
    if not name or len(name) > 100 or not name.isprintable():
        raise BadUserName("A name has 1 to 100 printable characters.")
    password_hash = "" if password is None else hash_password(password)
    now = archive.now()
    with archive.writing.begin() as db:
        user = users.add_user(db, name, role, password_hash, now)
        log.write(db, log.Event(now, by, "added", "user", name, "role", after=role.name.lower()))
    return user


def change_role(archive: Archive, name: str, role: Audience, by: str) -> User:
    """Return the account in its new role; its browsers are signed out."""
    now = archive.now()
    with archive.writing.begin() as db:
        before = users.user_named(db, name).role.name.lower()
        user = users.change_user(db, name, role=role)
        event = log.Event(
            now, by, "changed", "user", name, "role", before=before, after=role.name.lower()
        )
        log.write(db, event)
    return user


def change_password(archive: Archive, name: str, password: str, by: str) -> None:
    """Give the account a new password; its browsers are signed out."""
    password_hash = hash_password(password)
    now = archive.now()
    with archive.writing.begin() as db:
        users.change_user(db, name, password_hash=password_hash)
        log.write(db, log.Event(now, by, "changed", "user", name, "password"))


def hash_password(password: str) -> str:
    """Return the argon2 hash of a password of 12 to 1000 characters; else ``BadPassword``."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise BadPassword(f"A password has at least {LEAST_PASSWORD} characters.")
    return _HASHER.hash(password)


def sign_in(archive: Archive, name: str, password: str) -> str:
    """Return the token of a browser that is signed in from now on.

    Raises:
        SignInRefused: name and password do not belong together.
        TooManyFailures: ten failed in the last quarter of an hour.
    """
    now = archive.now()
    with archive.reading() as db:
        if users.failures_since(db, name, now - _WINDOW) >= _MOST_FAILURES:
            raise TooManyFailures("Too many sign-ins failed; wait a quarter of an hour.")
        user = next((user for user in users.users(db) if user.name == name), None)
    known = user is not None and user.active and bool(user.password_hash)
    matches = _matches(user.password_hash if user is not None and known else _NOBODY, password)
    if user is None or not known or not matches:
        with archive.writing.begin() as db:
            users.note_failure(db, name, now)
        raise SignInRefused("Name and password do not belong together.")
    return _open(archive, user)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password[:MOST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False


def _open(archive: Archive, user: User) -> str:
    token, now = archive.new_secret(), archive.now()
    with archive.writing.begin() as db:
        expires_at = now + timedelta(hours=archive.settings.session_hours)
        users.open_sign_in(db, user, token, now=now, expires_at=expires_at)
        log.write(db, log.Event(now, user.name, "signed in", "user", user.name))
    return token


def make_link(archive: Archive, name: str, by: str | None = None) -> str:
    """Return the token of a link that signs *name* in once, within the hour.

    Without *by* it is the account's own holder who asked for it.
    """
    token, now = archive.new_secret(), archive.now()
    with archive.writing.begin() as db:
        users.add_link(db, users.user_named(db, name), token, now + _LINK_LIFE)
        log.write(db, log.Event(now, by or name, "invited", "user", name))
    return token


def sign_in_by_link(archive: Archive, token: str) -> str:
    """Return the token of a browser that is signed in from now on; the link is used up.

    Raises:
        SignInRefused: the link is unknown, too old or used.
    """
    with archive.writing.begin() as db:
        user = users.use_link(db, token, archive.now())
    if user is None:
        raise SignInRefused("This link is used or too old; ask for another.")
    return _open(archive, user)


def who(archive: Archive, token: str) -> User | None:
    """Return whose browser has this token, if it is still signed in."""
    with archive.reading() as db:
        return users.signed_in(db, token, archive.now())


def sign_out(archive: Archive, token: str) -> None:
    """Forget the browser with this token."""
    with archive.writing.begin() as db:
        users.close_sign_in(db, token)


def all_users(archive: Archive) -> tuple[User, ...]:
    """Return every account by name."""
    with archive.reading() as db:
        return users.users(db)
