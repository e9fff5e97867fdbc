"""What this service is called from outside."""

from collections.abc import Callable

from flask import request

from dam.config import Settings
from dam.errors import Malformed

Origin = Callable[[], str]


class BadHost(Malformed):
    """The request does not say by which name it reached the service."""

    def __init__(self) -> None:
        super().__init__("The request names no host, or one that is no name of a host.")


def origin_of(settings: Settings) -> Origin:
    """Return how to find the origin: as it was set, or the one that the request names.

    Without ``DAM_PUBLIC_URL`` the service is bound to loopback, so that a forged Host header
    cannot be sent by anybody who is not sitting at the machine.
    """
    public_url = settings.public_url
    if public_url is not None:
        return lambda: public_url
    return origin_of_request


def origin_of_request() -> str:
    """Return the origin that the request names; raises ``BadHost``."""
    if not request.host:
        raise BadHost
    return f"{request.scheme}://{request.host}"
