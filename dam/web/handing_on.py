"""What the tile path found when it hands a request on: decided, resolved, and with its credit."""

from flask import request

from dam.workflows.deliver import Delivery

HANDED_ON = "dam.handed_on"  # in the environment of the request (PEP 3333)


def handed_on(service_id: str) -> Delivery | None:
    """Return what this request comes to, where the tile path knows.

    The decision about it was asked for this request, or the epoch says that it stands.
    """
    found = request.environ.get(HANDED_ON)
    if isinstance(found, Delivery) and found.image.service_id == service_id:
        return found
    return None
