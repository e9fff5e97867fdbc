"""Standing: whether what was decided before a picture was drawn still holds when it is ready.

Waiting and drawing may take half a minute. What may not leave any more by then does not leave.
"""

from collections.abc import Callable

from dam.errors import Unavailable
from dam.workflows import deliver
from dam.workflows.archive import Archive
from dam.workflows.deliver import Delivery, OpenImage

_MOST_TIMES = 3
# As long as it may take until a change on another host is known on this one.
_SOON_SECONDS = 1.0


class ChangedMeanwhile(Unavailable):
    """What may be seen of it changed again and again while it was drawn; ask again."""

    def __init__(self) -> None:
        super().__init__("The rights of this picture are being changed; ask again in a moment.")


def body(
    archive: Archive, found: Delivery, decide: Callable[[], Delivery], gone: Callable[[], bool]
) -> tuple[Delivery, bytes]:
    """Return the bytes of *found*, or of what *decide* says instead where rights have changed.

    Raises:
        Unknown, Withheld, Withdrawn, BeingPrepared: nothing of it may leave any more.
        ChangedMeanwhile: it changed again each time.
        NeverFits, Busy, Abandoned, TooLargeForFormat, NotDrawn, DamagedPack: as ``deliver.body``.
    """
    for _ in range(_MOST_TIMES):
        began = archive.ticks()
        picture = deliver.body(archive, found, gone)
        if stands(archive, found.image, began):
            return found, picture
        found = decide()
    raise ChangedMeanwhile


def stands(archive: Archive, image: OpenImage, began: float) -> bool:
    """Say whether the decision about *image*, which stood when it *began* (in ticks), still does.

    It is asked again only where something may have changed.

    Raises:
        Unknown, Withheld, Withdrawn, BeingPrepared: nothing of it may leave any more.
    """
    until = image.asked.decision.until
    if (
        archive.epoch.value == image.epoch
        and archive.ticks() - began < _SOON_SECONDS
        and (until is None or archive.now() < until)
    ):
        return True
    now = deliver.open_image(archive, image.service_id, image.asked.decision.audience)
    return now.asked.decision == image.asked.decision and now.asked.facts == image.asked.facts
