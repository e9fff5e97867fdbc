"""Reads and writes of accounts, sign-ins and sign-in links."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from dam.errors import Conflict, NotFound
from dam.records.accounts import FailedSignInRow, SignInLinkRow, SignInRow, UserRow
from dam.rights.facts import Audience


class UserExists(Conflict):
    """There is an account of that name already."""


class UnknownUser(NotFound):
    """There is no account of that name."""


@dataclass(frozen=True, slots=True)
class User:
    """A person who may sign in."""

    id: int
    name: str
    role: Audience
    active: bool
    password_hash: str = ""


def hashed(token: str) -> str:
    """Return what is stored of a token; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def _value(row: UserRow) -> User:
    return User(row.id, row.name, Audience[row.role.upper()], row.active, row.password_hash)


def add_user(db: Session, name: str, role: Audience, password_hash: str, now: datetime) -> User:
    """Return the new account.

    Raises:
        UserExists: the name is taken.
    """
    if db.scalar(select(UserRow.id).where(UserRow.name == name)) is not None:
        raise UserExists(f"There is an account named {name} already.")
    row = UserRow(
        name=name, role=role.name.lower(), password_hash=password_hash, created_at=now, active=True
    )
    db.add(row)
    db.flush()  # the identifier is needed for the sign-in link of the same transaction
    return _value(row)


def user_named(db: Session, name: str) -> User:
    """Return the account of that name; raises ``UnknownUser``."""
    row = db.scalar(select(UserRow).where(UserRow.name == name))
    if row is None:
        raise UnknownUser(f"There is no account named {name}.")
    return _value(row)


def users(db: Session) -> tuple[User, ...]:
    """Return all accounts by name."""
    return tuple(map(_value, db.scalars(select(UserRow).order_by(UserRow.name))))


def change_user(
    db: Session, name: str, *, role: Audience | None = None, password_hash: str | None = None
) -> User:
    """Return the account after the change; every browser signed in as it is signed out."""
    row = db.scalar(select(UserRow).where(UserRow.name == name))
    if row is None:
        raise UnknownUser(f"There is no account named {name}.")
    if role is not None:
        row.role = role.name.lower()
    if password_hash is not None:
        row.password_hash = password_hash
    db.execute(delete(SignInRow).where(SignInRow.user_id == row.id))
    return _value(row)


def open_sign_in(
    db: Session, user: User, token: str, *, now: datetime, expires_at: datetime
) -> None:
    """Remember a signed-in browser by its token, and forget those that have expired."""
    db.execute(delete(SignInRow).where(SignInRow.expires_at < now))
    db.add(
        SignInRow(token_hash=hashed(token), user_id=user.id, created_at=now, expires_at=expires_at)
    )


def signed_in(db: Session, token: str, now: datetime) -> User | None:
    """Return whose browser has this token, if it is still signed in."""
    row = db.scalar(
        select(UserRow)
        .join(SignInRow)
        .where(
            SignInRow.token_hash == hashed(token),
            SignInRow.expires_at > now,
            UserRow.active.is_(True),
        )
    )
    return None if row is None else _value(row)


def close_sign_in(db: Session, token: str) -> None:
    """Forget a signed-in browser."""
    db.execute(delete(SignInRow).where(SignInRow.token_hash == hashed(token)))


def add_link(db: Session, user: User, token: str, expires_at: datetime) -> None:
    """Remember a link that signs *user* in once."""
    db.add(SignInLinkRow(token_hash=hashed(token), user_id=user.id, expires_at=expires_at))


def use_link(db: Session, token: str, now: datetime) -> User | None:
    """Return whom the link signs in and use it up, or none if it is unknown, old or used."""
    row = db.get(SignInLinkRow, hashed(token), with_for_update=True)
    if row is None or row.used_at is not None or row.expires_at <= now or not row.user.active:
        return None
    row.used_at = now
    return _value(row.user)


def note_failure(db: Session, name: str, now: datetime) -> None:
    """Remember that a sign-in as *name* failed, and forget failures of yesterday."""
    db.execute(delete(FailedSignInRow).where(FailedSignInRow.at < now - timedelta(days=1)))
    db.add(FailedSignInRow(name=name[:100], at=now))


def failures_since(db: Session, name: str, since: datetime) -> int:
    """Return how many sign-ins as *name* failed since then."""
    query = select(func.count()).where(
        FailedSignInRow.name == name[:100], FailedSignInRow.at >= since
    )
    return db.scalar(query) or 0
