"""The made words of the benchmark of searches."""

_SYLLABLES = (
    "ka", "ro", "mi", "ta", "ne", "sha", "lo", "vi", "bu", "dze", "gar", "sel", "ton", "qui",
    "ba", "ri", "en", "mou", "ag", "dam", "fe", "zu", "hy", "pla", "cor", "ste", "ul", "war",
)  # fmt: skip


def vocabulary(size: int) -> tuple[str, ...]:
    """Return *size* different words of two to five syllables, those used most first."""
    base = len(_SYLLABLES)
    words: dict[str, None] = {}
    number = base
    while len(words) < size:
        # A step that shares no factor with the base, so that neighbours begin unlike.
        left, word = number * 7919 % (base**4) + base, ""
        while left:
            left, one = divmod(left, base)
            word += _SYLLABLES[one]
        words[word] = None
        number += 1
    return tuple(words)
