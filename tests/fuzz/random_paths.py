"""Random addresses of pictures: valid ones, and what carelessness and malice make of them."""

import random
from collections.abc import Callable
from urllib.parse import quote

NUMBERS = (
    *("0", "1", "2", "7", "16", "50", "96", "100", "255", "256", "300", "511", "512", "513"),
    *("600", "1023", "1024", "1025", "1200", "4096", "65500", "65535", "99999", "2147483647"),
)
DECIMALS = ("0", "0.5", ".5", "1", "12.5", "25", "33.3", "50", "50.0", "66.666", "99.99", "100")
ODD_NUMBERS = (
    *("", "-1", "+1", "1.", "1e3", "1E3", "NaN", "nan", "inf", "Infinity", "0x10", "1_0", " 1"),
    *("1 ", "٣", "\uff13", "²", "1,", "00", "007", "0000000001", "99999999999", "9" * 30),
    *("1" + "0" * 400, "1.5", "0.0", "0.00000000001", "1.2.3", "361", "361.5", "½", "1\u00a0"),
)
ODD_SEGMENTS = (
    *("", ".", "..", "full", "max", "square", "^", "^^max", "!", "!!0", "^!", "!^1,1", "!max"),
    *("^full", "FULL", "Max", "pct:", "pct:,", "pct:0,0,0,0", "pct:100,100,1,1", ",", ",,,", "!,"),
    *("info.json", "default", "default.", ".jpg", "native.jpg", "grey.jpg", "default.jpeg"),
    *("default.JPG", "default.jpg.jpg", "default.jp2", "default.pdf", "default.svg", "default.php"),
    *("\x00", "\r\nX-Y: z", "a\nb", "\u202e", "\ud7ff", "é", "漢字", "<script>", "'", '"', "\\"),
    *("%00", "%0d%0a", "%2e%2e", "%2F", "%252F", "%25", "%", "%zz", "%C3", "%FF%FE", "%E2%80%AE"),
    *("..%2f..%2fetc%2fpasswd", "....//", "~", "{id}", "${7*7}", "a" * 5000, "9" * 5000),
)
ENDINGS = tuple(
    f"{quality}.{ending}"
    for quality in ("default", "default", "color", "gray", "bitonal")
    for ending in ("jpg", "jpg", "png", "webp", "gif", "tif")
)
QUERIES = (
    "",
    "",
    "",
    "?",
    "?a=b",
    "?full",
    "?..%2f",
    "?%00",
    "?" + "q" * 2000,
    "?download=1&x[]=1",
)
METHODS = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X" * 40)


def valid_region(rng: random.Random, full: tuple[int, int]) -> str:
    kind = rng.randrange(6)
    if kind < 2:
        return ("full", "square")[kind]
    if kind == 2:
        return "pct:" + ",".join(rng.choice(DECIMALS) for _ in range(4))
    if kind == 3:  # a tile, or nearly one
        side = 512 << rng.randrange(3)
        left, top = side * rng.randrange(2), side * rng.randrange(2)
        return f"{left},{top},{side + rng.choice((0, 0, 0, 1, -1))},{side}"
    if kind == 4:
        return ",".join(rng.choice(NUMBERS) for _ in range(4))
    left, top = rng.randrange(full[0]), rng.randrange(full[1])
    return f"{left},{top},{rng.randint(1, full[0])},{rng.randint(1, full[1])}"


def valid_size(rng: random.Random, version: int) -> str:
    caret = "^" * (version == 3 and rng.random() < 0.3)
    kind = rng.randrange(7)
    if kind == 0:
        return caret + ("full" if version == 2 and rng.random() < 0.5 else "max")
    if kind == 1:
        return f"{caret}pct:{rng.choice(DECIMALS)}"
    one, other = (_side(rng) for _ in range(2))
    forms = (f"{one},", f",{other}", f"{one},{other}", f"!{one},{other}", f"!{one},{other}")
    return caret + forms[kind - 2]


def _side(rng: random.Random) -> str:
    return rng.choice(NUMBERS) if rng.random() < 0.3 else str(rng.randint(1, 300))


def valid_rotation(rng: random.Random) -> str:
    turns = ("0", "0", "0", "90", "180", "270", "360", "22.5", "45", "0.0", "359.99")
    return "!" * (rng.random() < 0.3) + rng.choice(turns)


def valid_tail(rng: random.Random, version: int, full: tuple[int, int]) -> str:
    """Four segments of the grammar; what they ask for may still be refused."""
    segments = (
        valid_region(rng, full),
        valid_size(rng, version),
        valid_rotation(rng),
        rng.choice(ENDINGS),
    )
    return "/".join(segments)


def nearly_valid_tail(rng: random.Random, version: int, full: tuple[int, int]) -> str:
    """The same with one thing wrong, or with something odd that is right."""
    tail = valid_tail(rng, version, full)
    return rng.choice((_odd_number, _odd_segment, _odd_character, _swapped))(rng, tail)


def modest_tail(rng: random.Random, version: int, full: tuple[int, int]) -> str:
    """A request for a picture that is small, so that another server can draw thousands; or nearly.

    The region is not thin, which keeps small what is derived from one side.
    """
    segments = (
        _modest_region(rng, full),
        _modest_size(rng, version),
        valid_rotation(rng),
        rng.choice(ENDINGS),
    )
    tail = "/".join(segments)
    if rng.random() < 0.65:
        return tail
    changed = rng.choice((_odd_number, _odd_segment, _odd_character, _swapped))(rng, tail)
    # A URL loses such segments before any server sees them.
    return tail if {".", ".."} & set(changed.split("/")) else changed


def _modest_region(rng: random.Random, full: tuple[int, int]) -> str:
    kind = rng.randrange(5)
    if kind < 2:
        return ("full", "square")[kind]
    if kind == 2:
        places = [rng.choice([text for text in DECIMALS if text != "99.99"]) for _ in range(2)]
        sides = [rng.choice(("12.5", "25", "33.3", "50.0", "66.666", "100")) for _ in range(2)]
        return f"pct:{','.join((*places, *sides))}"
    left, top = (
        rng.randrange(side - 20) if rng.random() < 0.95 else side + rng.randrange(10)
        for side in full
    )
    return f"{left},{top},{rng.randint(20, 400)},{rng.randint(20, 300)}"


def _modest_size(rng: random.Random, version: int) -> str:
    caret = "^" * (version == 3 and rng.random() < 0.3)
    kind = rng.randrange(7)
    if kind == 0:
        return caret + ("full" if version == 2 and rng.random() < 0.5 else "max")
    if kind == 1:
        return f"{caret}pct:{rng.choice(DECIMALS)}"
    one, other = rng.randint(1, 250), rng.randint(1, 250)
    forms = (f"{one},", f",{other}", f"{one},{other}", f"!{one},{other}", f"!{one},{other}")
    return caret + forms[kind - 2]


def _odd_number(rng: random.Random, tail: str) -> str:
    """Put an odd number in the place of a number."""
    pieces: list[str] = []
    for character in tail:
        if pieces and character.isdigit() and pieces[-1][-1].isdigit():
            pieces[-1] += character
        else:
            pieces.append(character)
    places = [at for at, piece in enumerate(pieces) if piece[0].isdigit()]
    if places:
        pieces[rng.choice(places)] = rng.choice(ODD_NUMBERS)
    return "".join(pieces)


def _odd_segment(rng: random.Random, tail: str) -> str:
    segments = tail.split("/")
    segments[rng.randrange(len(segments))] = rng.choice(ODD_SEGMENTS)
    return "/".join(segments)


def _odd_character(rng: random.Random, tail: str) -> str:
    at = rng.randrange(len(tail) + 1)
    added = rng.choice(("", "", "0", "9", ",", ".", "!", "^", "/", ":", " ", "-", "e", "\x00", "٣"))
    return tail[:at] + added + tail[at + rng.randrange(2) :]


def _swapped(rng: random.Random, tail: str) -> str:
    segments = tail.split("/")
    one, other = rng.randrange(len(segments)), rng.randrange(len(segments))
    segments[one], segments[other] = segments[other], segments[one]
    return "/".join(segments)


def _encoded(rng: random.Random, path: str) -> str:
    """Percent-encode some characters, as clients do, needlessly, or twice."""
    share = rng.choice((0.05, 0.5, 1))
    text = "".join(
        "".join(f"%{byte:02X}" for byte in character.encode())
        if rng.random() < share
        else character
        for character in path
    )
    return quote(text, safe="/:,!") if rng.random() < 0.2 else text


def _slashed(rng: random.Random, path: str) -> str:
    at = rng.choice([place for place, character in enumerate(path) if character == "/"])
    return path[:at] + "/" * rng.randint(0, 3) + path[at + 1 :]


def _longer(rng: random.Random, path: str) -> str:
    return path + rng.choice(("/", "//", "/..", "/../x", ".", "%00", ";a=b", "\t", "/info.json"))


def _shorter(rng: random.Random, path: str) -> str:
    return path[: rng.randrange(len(path))]


def _as_it_is(rng: random.Random, path: str) -> str:
    return path


_CHANGES: tuple[Callable[[random.Random, str], str], ...] = (
    *(_as_it_is, _as_it_is, _as_it_is, _as_it_is, _as_it_is, _encoded, _encoded),
    *(_slashed, _longer, _shorter),
)


def random_target(rng: random.Random, images: dict[str, tuple[int, int]]) -> str:
    """Return an address as a client sends it, most of them of pictures of *images*."""
    version = rng.choice((2, 3))
    identifier, full = rng.choice(list(images.items()))
    make = valid_tail if rng.random() < 0.5 else nearly_valid_tail
    kind = rng.random()
    if kind < 0.06:
        path = f"/iiif/{version}/{identifier}/info.json"
    elif kind < 0.1:
        forms = ("/manifests/{}/{}/manifest.json", "/manifests/{}/collections/{}.json", "/p/{1}")
        odd = identifier if rng.random() < 0.3 else rng.choice(ODD_SEGMENTS)
        path = rng.choice(forms).format(version, odd)
    else:
        if rng.random() < 0.05:
            identifier = rng.choice((identifier.upper(), identifier + "_full", *ODD_SEGMENTS))
        path = f"/iiif/{version}/{identifier}/{make(rng, version, full)}"
    path = rng.choice(_CHANGES)(rng, path)
    return "/" + path.lstrip("/") + rng.choice(QUERIES)
