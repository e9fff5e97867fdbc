"""Tokens: how a program becomes somebody, in a role that is no greater than theirs."""

from datetime import timedelta

from dam.catalogue.text import clean
from dam.errors import Malformed
from dam.records import log, tokens, users
from dam.records.tokens import Token
from dam.records.users import User
from dam.rights.facts import Audience
from dam.workflows.archive import Archive

_PREFIX = "dam_"  # so that programs that look for secrets in files find it
_LONGEST_LABEL = 100
_LONGEST_DAYS = 3660


class BadToken(Malformed):
    """The token cannot be made so."""


def make(
    archive: Archive, name: str, label: str, role: Audience | None, days: int | None, by: str
) -> tuple[str, Token]:
    """Return the secret of a new token of the account *name*, which is told this once only.

    Without *role* it may do what the account may; without *days* it lasts until it is revoked.

    Raises:
        UnknownUser, BadToken
    """
    label = clean(label, multiline=False)
    if not label or len(label) > _LONGEST_LABEL:
        raise BadToken(f"Say what the token is for, in at most {_LONGEST_LABEL} characters.")
    if days is not None and not 1 <= days <= _LONGEST_DAYS:
        raise BadToken(f"A token lasts from 1 to {_LONGEST_DAYS} days.")
    secret, now = _PREFIX + archive.new_secret(), archive.now()
    with archive.writing.begin() as db:
        user = users.user_named(db, name)
        role = user.role if role is None else role
        if role > user.role:
            raise BadToken(f"The account is for {user.role.word}; its tokens cannot do more.")
        expires_at = None if days is None else now + timedelta(days=days)
        token = Token(archive.new_id(), name, label, role, now, expires_at)
        tokens.add(db, token, user, secret)
        log.write(db, log.Event(now, by, "added", "user", name, "token", after=label))
    return secret, token


def who(archive: Archive, secret: str) -> User | None:
    """Return for whom a token acts, and note its use; None where it is good for nothing."""
    now = archive.now()
    with archive.reading() as db:
        found = tokens.holder(db, secret, now)
    if found is None:
        return None
    user, noted = found
    if not noted:
        with archive.writing.begin() as db:
            tokens.note_use(db, secret, now)
    return user


def of_user(archive: Archive, name: str) -> tuple[Token, ...]:
    """Return the tokens of an account, newest first; raises ``UnknownUser``."""
    with archive.reading() as db:
        users.user_named(db, name)
        return tokens.of_user(db, name)


def revoke(archive: Archive, name: str, token_id: str, by: str) -> None:
    """Make a token worthless from now on; raises ``UnknownToken``."""
    now = archive.now()
    with archive.writing.begin() as db:
        before = tokens.revoke(db, name, token_id, now)
        log.write(db, log.Event(now, by, "revoked", "user", name, "token", before=before.label))
