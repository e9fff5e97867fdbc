"""Access tokens of IIIF: signed, short-lived, for one site, worthless once that is closed."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import g, request
from itsdangerous import BadSignature, URLSafeSerializer

from dam.iiif.authorization import canonical_origin
from dam.records.users import User
from dam.web.origin import Origin
from dam.workflows import picture_access
from dam.workflows.archive import Archive

LIFE_SECONDS = 300
_SCHEME = "bearer "


@dataclass(frozen=True, slots=True)
class AccessTokens:
    """Gives tokens and reads them.

    A token says what would happen and opens no picture. It holds the number of a row, which is
    bound to a site and goes with the sign-in, and when it ends.
    """

    archive: Archive
    origin: Origin
    signer: URLSafeSerializer

    def reading(self) -> None:
        """Make ``token_holder`` answer in this request."""
        g.find_token_holder = self.holder

    @property
    def own_site(self) -> str:
        """The origin of this service as browsers write it."""
        parts = urlsplit(self.origin())
        return canonical_origin(f"{parts.scheme}://{parts.netloc}") or ""

    def make(self, access_id: str) -> str:
        """Return a token for what somebody opened for one site."""
        ends_at = int(self.archive.now().timestamp()) + LIFE_SECONDS
        return str(self.signer.dumps([access_id, ends_at]))

    def holder(self) -> User | None:
        """Return for whom the token of this request speaks, if it has one and it holds.

        A browser says from which site it asks (``Origin``); where it does not, it is ours.
        """
        sent = request.headers.get("Authorization", "")
        if not sent.lower().startswith(_SCHEME):
            return None
        try:
            access_id, ends_at = self.signer.loads(sent[len(_SCHEME) :].strip())
        except (BadSignature, ValueError, TypeError):
            return None
        if self.archive.now().timestamp() >= ends_at:
            return None
        site = request.headers.get("Origin") or self.own_site
        return picture_access.holder(self.archive, access_id, canonical_origin(site) or "")


def access_tokens(archive: Archive, origin: Origin, signing_key: bytes) -> AccessTokens:
    """Return the tokens of an archive, signed for nothing else with its key."""
    return AccessTokens(archive, origin, URLSafeSerializer(signing_key, salt="iiif access token"))


def token_holder() -> User | None:
    """Return for whom the token of this request speaks."""
    found: User | None = g.find_token_holder() if "find_token_holder" in g else None
    return found
