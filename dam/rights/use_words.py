"""A planned use in one sentence."""

from dam.rights.days import day_in_words
from dam.rights.planned_use import Use
from dam.rights.territories import territory_name


def in_words(use: Use) -> str:
    """Return what is planned, as people of the archive read it."""
    where = ", ".join(map(territory_name, use.territories))
    until = f"to {day_in_words(use.last)}" if use.last else "without an end"
    parts = [
        f"{use.asker}: {use.medium.words}, for {use.purpose.words}, in {where}",
        f"from {day_in_words(use.first)} {until}",
    ]
    parts += [f"{use.pixels} pixels"] if use.pixels else []
    parts += [f"{use.copies} copies"] if use.copies else []
    parts += ["changed"] if use.changed else []
    parts += ["for text and data mining or training"] if use.mining else []
    parts += [] if use.for_others else ["by the archive itself"]
    return f"{'; '.join(parts)}."
