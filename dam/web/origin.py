"""What this service is called from outside."""

from collections.abc import Callable

from flask import request

from dam.config import Settings

Origin = Callable[[], str]


def origin_of(settings: Settings) -> Origin:
    """Return how to find the origin: as it was set, or the one that the request names.

    Without ``DAM_PUBLIC_URL`` the service is bound to loopback, so that a forged Host header
    cannot be sent by anybody who is not sitting at the machine.
    """
    public_url = settings.public_url
    if public_url is not None:
        return lambda: public_url
    return lambda: f"{request.scheme}://{request.host}"
