"""Which browsers may see restricted pictures, and on which sites; rows go with the sign-in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from dam.records.accounts import SignInRow
from dam.records.base import Moment, Row
from dam.records.users import User, hashed
from dam.rights.facts import Audience


class PictureAccessRow(Row):
    """One site for which a person opened what they may see, by the SHA-256 of a cookie's secret."""

    __tablename__ = "picture_access"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # The row goes when the browser is signed out, and every token with it.
    sign_in_hash: Mapped[str] = mapped_column(
        ForeignKey("sign_in.token_hash", ondelete="CASCADE"), index=True
    )
    origin: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(Moment)

    sign_in: Mapped[SignInRow] = relationship()


@dataclass(frozen=True, slots=True)
class PictureAccess:
    """What one site may be told of one person; *ended* when the sign-in behind it is over."""

    id: str
    user: User
    origin: str
    ended: bool


def _value(row: PictureAccessRow, now: datetime) -> PictureAccess:
    account = row.sign_in.user
    user = User(account.id, account.name, Audience[account.role.upper()], account.active)
    ended = row.sign_in.expires_at <= now or not account.active
    return PictureAccess(row.id, user, row.origin, ended)


def open_for(
    db: Session, identifier: str, sign_in_token: str, origin: str, secret: str, now: datetime
) -> None:
    """Remember that the browser of a sign-in opened its pictures for *origin*; an older one goes.

    The sign-in must be there; the cookie that is given holds *secret*.
    """
    sign_in = hashed(sign_in_token)
    db.execute(
        delete(PictureAccessRow).where(
            PictureAccessRow.sign_in_hash == sign_in, PictureAccessRow.origin == origin
        )
    )
    db.add(
        PictureAccessRow(
            id=identifier,
            secret_hash=hashed(secret),
            sign_in_hash=sign_in,
            origin=origin,
            created_at=now,
        )
    )


def of_secret(db: Session, secret: str, now: datetime) -> PictureAccess | None:
    """Return the access that a cookie stands for, also where it has ended; None: there is none."""
    row = _row_of_secret(db, secret)
    return None if row is None else _value(row, now)


def of_id(db: Session, identifier: str, now: datetime) -> PictureAccess | None:
    """Return an access by its identifier, also where it has ended."""
    row = db.get(PictureAccessRow, identifier)
    return None if row is None else _value(row, now)


def for_origin(
    db: Session, secret: str | None, sign_in_token: str | None, origin: str, now: datetime
) -> PictureAccess | None:
    """Return what the browser opened for *origin*, known by its cookie or else by its sign-in."""
    row = None if secret is None else _row_of_secret(db, secret)
    if row is not None:
        sign_in = row.sign_in_hash
    elif sign_in_token is not None:
        sign_in = hashed(sign_in_token)
    else:
        return None
    found = db.scalar(
        select(PictureAccessRow).where(
            PictureAccessRow.sign_in_hash == sign_in, PictureAccessRow.origin == origin
        )
    )
    return None if found is None else _value(found, now)


def close(db: Session, secret: str | None, sign_in_token: str | None) -> tuple[str, ...]:
    """Forget all sites for which the browser opened its pictures, and return their origins."""
    row = None if secret is None else _row_of_secret(db, secret)
    signed_in = {row.sign_in_hash} if row else set()
    if sign_in_token is not None:
        signed_in.add(hashed(sign_in_token))
    mine = PictureAccessRow.sign_in_hash.in_(signed_in)
    origins = tuple(db.scalars(select(PictureAccessRow.origin).where(mine)))
    db.execute(delete(PictureAccessRow).where(mine))
    return origins


def _row_of_secret(db: Session, secret: str) -> PictureAccessRow | None:
    return db.scalar(select(PictureAccessRow).where(PictureAccessRow.secret_hash == hashed(secret)))
