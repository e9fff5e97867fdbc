"""Documents of Authorization Flow 2.0, and of Authentication 1.0 beside it.

Values in, JSON out: who is asking, and what may leave, was decided before. Viewers that are in use
speak 1.0 alone, so that every restricted image declares both.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from dam.iiif.presentation_words import Json

CONTEXT_2 = "http://iiif.io/api/auth/2/context.json"
CONTEXT_1 = "http://iiif.io/api/auth/1/context.json"
_PROFILE_1 = "http://iiif.io/api/auth/1"
ACCESS_PATH = "/auth/access"
TOKEN_PATH = "/auth/token"  # noqa: S105 (a path)
TOKEN_1_PATH = "/auth/1/token"  # noqa: S105 (a path)
LOGOUT_PATH = "/auth/logout"
_ORIGIN = re.compile(r"(https?)://([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::([0-9]{1,5}))?/?")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class TokenProblem(StrEnum):
    """Why there is no token: the profiles of 2.0 §4.5."""

    INVALID_REQUEST = "invalidRequest"
    INVALID_ORIGIN = "invalidOrigin"
    MISSING_ASPECT = "missingAspect"
    INVALID_ASPECT = "invalidAspect"
    EXPIRED_ASPECT = "expiredAspect"

    @property
    def in_version_1(self) -> str:
        """The type of error in 1.0 §2.2.6."""
        if self is TokenProblem.MISSING_ASPECT:
            return "missingCredentials"
        if self in {TokenProblem.INVALID_ASPECT, TokenProblem.EXPIRED_ASPECT}:
            return "invalidCredentials"
        return str(self)

    @property
    def note(self) -> str:
        """What to do, in a sentence."""
        return _NOTES[self]


_NOTES = {
    TokenProblem.INVALID_REQUEST: "The viewer's request cannot be read; its messageId is missing.",
    TokenProblem.INVALID_ORIGIN: "You have not opened the pictures for this site; sign in from it.",
    TokenProblem.MISSING_ASPECT: "Sign in, and allow cookies of the archive if they are blocked.",
    TokenProblem.INVALID_ASPECT: "You have signed out of the archive; sign in again.",
    TokenProblem.EXPIRED_ASPECT: "Your sign-in has ended; sign in again.",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Where one signs in for a restricted image, as the services are told.

    *origin* has no slash at its end; *institution* names the archive to whoever signs in.
    """

    origin: str
    institution: str


def probe_path(service_id: str) -> str:
    """Return the path of the probe service of an image."""
    return f"/auth/probe/{service_id}"


def probe_service(door: Door, service_id: str) -> Json:
    """Return the probe service of a restricted image, with the ways to be let in.

    The first access service asks nothing of somebody whose browser is let in already; the second
    opens the sign-in. Spec: Authorization Flow 2.0 §5.1, §3.1, §3.3 (their order).
    """
    token = {"id": door.origin + TOKEN_PATH, "type": "AuthAccessTokenService2"}
    logout = {
        "id": door.origin + LOGOUT_PATH,
        "type": "AuthLogoutService2",
        "label": _words(_sign_out(door)),
    }
    external = {
        "type": "AuthAccessService2",
        "profile": "external",
        "label": _words(_sign_in(door)),
        "service": [token],
    }
    active = {
        "id": door.origin + ACCESS_PATH,
        "type": "AuthAccessService2",
        "profile": "active",
        "label": _words(_sign_in(door)),
        "heading": _words(_HEADING),
        "note": _words(_note(door)),
        "confirmLabel": _words(_CONFIRM),
        "service": [{**token, **_TOKEN_ERRORS}, logout],
    }
    return {
        "id": door.origin + probe_path(service_id),
        "type": "AuthProbeService2",
        "errorHeading": _words(_HEADING),
        "errorNote": _words(_note(door)),
        "service": [external, active],
    }


def login_service_1(door: Door) -> Json:
    """Return the access cookie service, pattern login, for clients of 1.0.

    Without ``@context``, which the contexts of Image and Presentation API 3.0 bring along.
    Spec: Authentication 1.0 §2.1.3, §2.2.1, §2.3.1.
    """
    return {
        "@id": door.origin + ACCESS_PATH,
        "@type": "AuthCookieService1",
        "profile": f"{_PROFILE_1}/login",
        "label": _sign_in(door),
        "header": _HEADING,
        "description": _note(door),
        "confirmLabel": _CONFIRM,
        "failureHeader": "You were not let in",
        "failureDescription": _NOTES[TokenProblem.MISSING_ASPECT],
        "service": [
            {
                "@id": door.origin + TOKEN_1_PATH,
                "@type": "AuthTokenService1",
                "profile": f"{_PROFILE_1}/token",
            },
            {
                "@id": door.origin + LOGOUT_PATH,
                "@type": "AuthLogoutService1",
                "profile": f"{_PROFILE_1}/logout",
                "label": _sign_out(door),
            },
        ],
    }


def in_older_documents(service: Json) -> Json:
    """Return a service of 1.0 for documents of Image and Presentation API 2: with its context."""
    return {"@context": CONTEXT_1, **{k: v for k, v in service.items() if k != "@type"}}


def access_token(token: str, expires_in: int, message_id: str) -> Json:
    """Return the message that carries a token, good for *expires_in* seconds (2.0 §4.4)."""
    return {
        "@context": CONTEXT_2,
        "type": "AuthAccessToken2",
        "accessToken": token,
        "expiresIn": expires_in,
        "messageId": message_id,
    }


def token_error(problem: TokenProblem, message_id: str) -> Json:
    """Return the message that says why there is no token (2.0 §4.5)."""
    return {
        "@context": CONTEXT_2,
        "type": "AuthAccessTokenError2",
        "profile": str(problem),
        "heading": _words("You were not let in"),
        "note": _words(problem.note),
        "messageId": message_id,
    }


def access_token_1(token: str, expires_in: int) -> Json:
    """Return the token of 1.0 §2.2.2; a message of it has its ``messageId`` beside."""
    return {"accessToken": token, "expiresIn": expires_in}


def token_error_1(problem: TokenProblem) -> Json:
    """Return the error of 1.0 §2.2.6."""
    return {"error": problem.in_version_1, "description": problem.note}


@dataclass(frozen=True, slots=True)
class Refused:
    """What a client is told that would be denied an image: *status* is that of the image.

    *substitute* is the address of the image service with what everybody may see, if there is one.
    """

    status: int
    heading: str
    note: str
    substitute: str | None = None


def probe_result(refused: Refused | None) -> Json:
    """Return what a probe answers: the image would come, or why it would not (2.0 §5.2)."""
    found: Json = {"@context": CONTEXT_2, "type": "AuthProbeResult2"}
    if refused is None:
        return found | {"status": 200}
    found |= {
        "status": refused.status,
        "heading": _words(refused.heading),
        "note": _words(refused.note),
    }
    if refused.substitute is not None:
        service = {"id": refused.substitute, "type": "ImageService3", "profile": "level2"}
        found["substitute"] = [
            {
                "id": f"{refused.substitute}/full/max/0/default.jpg",
                "type": "Image",
                "format": "image/jpeg",
                "label": _words("The picture as everybody may see it"),
                "service": [service],
            }
        ]
    return found


def canonical_origin(written: str) -> str | None:
    """Return *written* as browsers write an origin, or None where it is none.

    Scheme, host and port; the examples of 1.0 end with a slash, which is taken off. ``null``, the
    origin of a sandboxed frame, is nobody's in particular and so nobody's.
    """
    found = _ORIGIN.fullmatch(written.strip().lower())
    if found is None:
        return None
    scheme, host, port = found.groups()
    if port is None or int(port) == _DEFAULT_PORTS[scheme]:
        return f"{scheme}://{host}"
    return f"{scheme}://{host}:{int(port)}" if 0 < int(port) < 65536 else None


_HEADING = "This picture is not open to everybody"
_CONFIRM = "Sign in"
_TOKEN_ERRORS: Json = {
    "errorHeading": {"en": ["You were not let in"]},
    "errorNote": {"en": [_NOTES[TokenProblem.MISSING_ASPECT]]},
}


def _sign_in(door: Door) -> str:
    return f"Sign in to {door.institution}"


def _sign_out(door: Door) -> str:
    return f"Sign out of {door.institution}"


def _note(door: Door) -> str:
    return f"{door.institution} shows it to researchers who have signed in."


def _words(text: str) -> dict[str, list[str]]:
    return {"en": [text]}
