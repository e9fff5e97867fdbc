"""Reads and writes of the tokens by which programs act for an account; kept as hashes only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dam.errors import NotFound
from dam.records.accounts import TokenRow, UserRow
from dam.records.users import User, hashed
from dam.rights.facts import Audience

_NOTED_EVERY = timedelta(minutes=10)  # else each request of a program would write a row


class UnknownToken(NotFound):
    """The account has no token of that identifier."""

    def __init__(self) -> None:
        super().__init__("This account has no token of that identifier.")


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret; *role* bounds what it may do below the role of the account."""

    id: str
    user: str
    label: str
    role: Audience
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


def add(db: Session, token: Token, user: User, secret: str) -> None:
    """Write a new token by the hash of its secret."""
    db.add(
        TokenRow(
            id=token.id,
            token_hash=hashed(secret),
            user_id=user.id,
            label=token.label,
            role=token.role.name.lower(),
            created_at=token.created_at,
            expires_at=token.expires_at,
        )
    )


def of_user(db: Session, name: str) -> tuple[Token, ...]:
    """Return the tokens of an account, newest first, the revoked ones too."""
    query = select(TokenRow).join(UserRow).where(UserRow.name == name)
    rows = db.scalars(query.order_by(TokenRow.created_at.desc(), TokenRow.id))
    return tuple(_value(row) for row in rows)


def _value(row: TokenRow) -> Token:
    return Token(
        row.id,
        row.user.name,
        row.label,
        Audience[row.role.upper()],
        row.created_at,
        row.expires_at,
        row.last_used_at,
        row.revoked_at,
    )


def holder(db: Session, secret: str, now: datetime) -> tuple[User, bool] | None:
    """Return for whom a token acts, in the lesser of both roles, and whether its use is noted.

    None where it is unknown, revoked or expired, or its account is closed.
    """
    row = db.scalar(select(TokenRow).where(TokenRow.token_hash == hashed(secret)))
    if row is None or row.revoked_at is not None or not row.user.active:
        return None
    if row.expires_at is not None and row.expires_at <= now:
        return None
    role = min(Audience[row.role.upper()], Audience[row.user.role.upper()])
    noted = row.last_used_at is not None and now - row.last_used_at < _NOTED_EVERY
    return User(row.user.id, row.user.name, role, active=True), noted


def note_use(db: Session, secret: str, now: datetime) -> None:
    """Write when a token was last used."""
    db.execute(
        update(TokenRow).where(TokenRow.token_hash == hashed(secret)).values(last_used_at=now)
    )


def revoke(db: Session, name: str, token_id: str, now: datetime) -> Token:
    """Revoke a token of an account and return it as it was; raises ``UnknownToken``."""
    row = db.scalar(
        select(TokenRow).join(UserRow).where(UserRow.name == name, TokenRow.id == token_id)
    )
    if row is None:
        raise UnknownToken
    before = _value(row)
    if row.revoked_at is None:
        row.revoked_at = now
    return before
