"""Picture access: a person lets one site show what their sign-in opens, for as long as it lasts.

What the site gets is never the cookie: a token that says no more than what would happen, and
stands for a row that goes with the sign-in.
"""

from dam.iiif.authorization import TokenProblem
from dam.records import log, picture_access, users
from dam.records.picture_access import PictureAccess
from dam.records.users import User
from dam.workflows.accounts import SignInRefused
from dam.workflows.archive import Archive


def open_for(archive: Archive, sign_in_token: str, origin: str) -> str:
    """Return the secret of the cookie that opens pictures; *origin* may ask for tokens from now on.

    Raises:
        SignInRefused: nobody is signed in with that token any more.
    """
    now, secret = archive.now(), archive.new_secret()
    with archive.writing.begin() as db:
        user = users.signed_in(db, sign_in_token, now)
        if user is None:
            raise SignInRefused("Your sign-in has ended; sign in again.")
        picture_access.open_for(db, archive.new_id(), sign_in_token, origin, secret, now)
        log.write(
            db, log.Event(now, user.name, "opened", "user", user.name, "pictures", after=origin)
        )
    return secret


def who(archive: Archive, secret: str) -> User | None:
    """Return whose pictures a cookie opens, if its sign-in still holds."""
    with archive.reading() as db:
        found = picture_access.of_secret(db, secret, archive.now())
    return None if found is None or found.ended else found.user


def asked_by(
    archive: Archive, origin: str, secret: str | None, sign_in_token: str | None
) -> PictureAccess | TokenProblem:
    """Return what a browser opened for *origin*, or why that site is told nothing.

    It is known by the *secret* of its cookie, or where the site is ours by its sign-in.
    """
    with archive.reading() as db:
        now = archive.now()
        found = picture_access.for_origin(db, secret, sign_in_token, origin, now)
        if found is not None:
            return TokenProblem.EXPIRED_ASPECT if found.ended else found
        if secret is None and sign_in_token is None:
            return TokenProblem.MISSING_ASPECT
        known = None if secret is None else picture_access.of_secret(db, secret, now)
        signed_in = sign_in_token and users.signed_in(db, sign_in_token, now)
        known_here = known is not None or signed_in
    return TokenProblem.INVALID_ORIGIN if known_here else TokenProblem.INVALID_ASPECT


def holder(archive: Archive, access_id: str, origin: str) -> User | None:
    """Return for whom a token speaks that was given to *origin*, if that still holds."""
    with archive.reading() as db:
        found = picture_access.of_id(db, access_id, archive.now())
    if found is None or found.ended or found.origin != origin:
        return None
    return found.user


def close(archive: Archive, secret: str | None, sign_in_token: str | None) -> None:
    """Close the pictures for all sites at once; the tokens given to them are worth nothing now."""
    now = archive.now()
    with archive.writing.begin() as db:
        known = None if secret is None else picture_access.of_secret(db, secret, now)
        user = known.user if known else None
        if user is None and sign_in_token is not None:
            user = users.signed_in(db, sign_in_token, now)
        origins = picture_access.close(db, secret, sign_in_token)
        if user is not None and origins:
            before = " ".join(sorted(origins))
            event = log.Event(
                now, user.name, "closed", "user", user.name, "pictures", before=before
            )
            log.write(db, event)
