"""What the tile path knows of an image when it hands a request on: the decision, asked already."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

from dam.workflows.deliver import OpenImage

DECIDED = "dam.decided"  # in the environment of the request (PEP 3333)


@dataclass(frozen=True, slots=True)
class Decided:
    """A public image whose decision was asked, or found unchanged by the epoch, for this request.

    *segment* gives the credit that its pictures carry.
    """

    image: OpenImage
    segment: Callable[[], bytes]


def decided(service_id: str) -> Decided | None:
    """Return what the tile path handed on for *service_id* with this request, if anything."""
    found = request.environ.get(DECIDED)
    if isinstance(found, Decided) and found.image.service_id == service_id:
        return found
    return None
