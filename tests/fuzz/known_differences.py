"""Where iiif-processor 7 and we answer differently, how each case is told, and why.

A reason in double quotation marks is a sentence of Image API 3.0, or of 2.1.1 where that is said.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rounding_down import rounded_down
from spec_oracle import Pair, Picture, Refused, expected

FULL = (300, 199)
MAX_AREA = 100_000
_UNLIMITED = 10**12
_TOO_LONG = re.compile(r"[0-9]{11,}")
_LEADING_POINT = re.compile(r"(?<![0-9])\.[0-9]")
_THEIR_FORMATS = (".jpeg", ".tiff")


@dataclass(frozen=True)
class Case:
    """One request and both answers: status, width, height; zeros where there is no picture."""

    version: int
    tail: str
    ours: tuple[int, int, int]
    theirs: tuple[int, int, int]

    @property
    def statuses(self) -> Pair:
        return self.ours[0], self.theirs[0]

    @property
    def size(self) -> str:
        return self.tail.split("/")[1]

    def picture(self, max_area: int = MAX_AREA) -> Picture | None:
        """What the specification wants under that limit, or None where it is refused."""
        try:
            return expected(self.tail, self.version, FULL, max_area)
        except Refused:
            return None

    @property
    def alike(self) -> bool:
        """Whether both are the same, except for the edges of a picture that is turned askew."""
        return self.ours[0] == self.theirs[0] and _near(
            self.ours, self.theirs[1:], self.picture(), 0
        )

    @property
    def rounded_down(self) -> bool:
        """Whether theirs has just the size that rounding down gives."""
        try:
            picture = rounded_down(self.tail, FULL)
        except Refused:
            return False
        # One pixel more or less: they compute with floating point.
        return _near(self.theirs, picture.canvas(), picture, 1)

    @property
    def nothing_left(self) -> bool:
        """Whether rounding down leaves nothing, where the specification wants a picture."""
        if self.picture(_UNLIMITED) is None:
            return False
        try:
            rounded_down(self.tail, FULL)
        except Refused:
            return True
        return False


def _near(
    answer: tuple[int, int, int], sides: tuple[float, ...], picture: Picture | None, slack: int
) -> bool:
    askew = picture is not None and not picture.quarter
    pairs = zip(answer[1:], sides, strict=True)
    return all(abs(one - other) <= slack + 2 * askew for one, other in pairs)


def _confined(case: Case, version: int) -> bool:
    return case.version == version and case.size.startswith("!")


def _names_another(case: Case) -> bool:
    segments = case.tail.split("/")
    return len(segments) != 4 or segments[-1] == "info.json" or "\n" in case.tail


def _over_limit(case: Case) -> bool:
    return case.picture() is None and case.picture(_UNLIMITED) is not None


def _turns_too_far(case: Case) -> bool:
    turn = case.tail.split("/")[2].removeprefix("!")
    return re.fullmatch(r"[0-9]+(\.[0-9]+)?", turn) is not None and float(turn) > 360


@dataclass(frozen=True)
class Difference:
    """A known difference: how it is told, and why ours is as it is."""

    name: str
    tell: Callable[[Case], bool]
    reason: str


KNOWN = (
    Difference(
        "another identifier",
        lambda case: case.ours[0] == 404 and _names_another(case),
        "More or fewer slashes, a line end or info.json at the end make another identifier, which "
        "is unknown here; theirs shows its one picture under any name.",
    ),
    Difference(
        "their router",
        lambda case: case.statuses == (400, 0),
        "Theirs takes an address that does not end in quality.format for an identifier. §4.4, "
        '§4.5: "A format value that is unsupported SHOULD result in a 400 (Bad Request) status '
        'code."',
    ),
    Difference(
        "their formats",
        lambda case: case.statuses == (400, 200) and case.tail.endswith(_THEIR_FORMATS),
        "The table of §4.5 has jpg and tif, and no jpeg and tiff: "
        '"A format value that is unsupported SHOULD result in a 400 (Bad Request) status code."',
    ),
    Difference(
        "long numbers",
        lambda case: case.ours[0] == 400 and _TOO_LONG.search(case.tail) is not None,
        'Ours reads ten digits before and after the point. 2.1.1 §4: "These should have at most 10 '
        'decimal digits".',
    ),
    Difference(
        "more than a turn",
        lambda case: case.ours[0] == 400 and _turns_too_far(case),
        '§4.3: "A rotation value that is out of range or unsupported SHOULD result in a 400 (Bad '
        'Request) status code."',
    ),
    Difference(
        "leading point",
        lambda case: case.statuses == (200, 400) and bool(_LEADING_POINT.search(case.tail)),
        'Ours reads .5 as 0.5. §4.7 asks clients only: they "SHOULD be represented with a leading '
        '0 if less than 1".',
    ),
    Difference(
        "outside",
        lambda case: case.statuses == (400, 500) and case.picture(_UNLIMITED) is None,
        'Theirs breaks where the region begins at the far edge. §4.1: "if the region is entirely '
        "outside the bounds of the reported dimensions, then the server SHOULD return a 400 (Bad "
        'Request) status code."',
    ),
    Difference(
        "confined, version 3",
        lambda case: _confined(case, 3) and case.statuses == (200, 400),
        '§4.2 on !w,h: "The returned image MUST be as large as possible but not larger than the '
        'extracted region, w or h, or server-imposed limits." Ours answers the region, unless '
        "DAM_CONFINED_OVERSIZE says otherwise.",
    ),
    Difference(
        "confined, version 2",
        lambda case: _confined(case, 2) and case.statuses == (200, 200) and case.rounded_down,
        'Theirs enlarges. 2.1.1 §4.2: "The image server MAY support scaling above the full size of '
        'the extracted region." and "The exact scaling MAY be determined by the service provider".',
    ),
    Difference(
        "^max",
        lambda case: case.size == "^max" and case.rounded_down,
        'Theirs was run without limits and answers the region. §4.2: "The extracted region is '
        'scaled to the maximum size permitted by maxWidth, maxHeight, or maxArea".',
    ),
    Difference(
        "limits",
        lambda case: (
            case.ours[0] == 400
            and _over_limit(case)
            and (case.theirs[0] == 500 or case.rounded_down)
        ),
        "Theirs was run without limits, and breaks on what is far too large. "
        '§5.2: "If maxArea is specified then clients should expect '
        'requests with larger pixel areas to be rejected." Ours counts the canvas of a turned '
        "picture as well.",
    ),
    Difference(
        "less than a pixel",
        lambda case: case.theirs[0] in {400, 500} and case.nothing_left,
        'Theirs rounds down to nothing. §4.2 has 400 for it: "the pixel dimensions of the scaled '
        'region MUST NOT be less than 1 pixel". Ours rounds up to one, so that a level of a thin '
        "panorama can be seen; §4.7 leaves rounding to the server.",
    ),
    Difference(
        "rounding",
        lambda case: case.statuses == (200, 200) and case.rounded_down,
        'Theirs rounds down. §4.7: "Intermediate calculations may use floating point numbers and '
        'the rounding method is implementation specific."',
    ),
)


def difference(case: Case) -> str:
    """Name the first known difference that tells this one, or nothing."""
    return next((known.name for known in KNOWN if known.tell(case)), "")
