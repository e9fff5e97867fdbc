"""The order of the frames of a series, changed one frame at a time."""


def moved(frames: tuple[str, ...], one: str, position: int) -> tuple[str, ...]:
    """Return *frames* with *one* at *position*, from 1; beyond an end is that end.

    A frame that is not there changes nothing. What comes back is the same frames in another order.
    """
    if one not in frames:
        return frames
    others = [frame for frame in frames if frame != one]
    at = min(max(1, position), len(frames)) - 1
    return (*others[:at], one, *others[at:])
