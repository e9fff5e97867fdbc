"""Words that are a slip of the pen apart.

Two words are near when leaving letters out of both can make them the same; so a table of what is
left of each known word finds all that are near to another by looking keys up, without reading the
vocabulary.
"""

from itertools import combinations

_LOOKED_AT = 7  # letters from the beginning; what follows is compared only with those found so
_SHORTEST, _LONG, _TWO_OUT = 4, 8, 6  # letters


def slips_allowed(word: str) -> int:
    """Return how many slips are forgiven: one from four letters on, two from eight."""
    if len(word) < _SHORTEST or any(character.isdecimal() for character in word):
        return 0
    return 2 if len(word) >= _LONG else 1


def keys_of_known(word: str) -> frozenset[str]:
    """Return the keys under which a known word is kept; none for numbers and the shortest."""
    if len(word) < _SHORTEST - 1 or any(character.isdecimal() for character in word):
        return frozenset()
    return _left_of(word, 2 if len(word) >= _TWO_OUT else 1)


def keys_of_asked(word: str) -> frozenset[str]:
    """Return the keys under which the words that are near to *word* are kept."""
    slips = slips_allowed(word)
    return _left_of(word, slips) if slips else frozenset()


def _left_of(word: str, most: int) -> frozenset[str]:
    beginning = word[:_LOOKED_AT]
    length = len(beginning)
    return frozenset(
        "".join(kept)
        for out in range(most + 1)
        if length - out > 0
        for kept in combinations(beginning, length - out)
    )


def slips(one: str, other: str, most: int) -> int | None:
    """Return how many letters are missing, added, wrong or changed about; None above *most*."""
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        following = [i]
        for j, against in enumerate(other, start=1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        if min(following) > most:
            return None
        before, row = row, following
    return row[-1] if row[-1] <= most else None
