"""What a benchmark found, as numbers that mean the same on every machine, beside their budgets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

_TINY = 1e-9  # a short turn may cost less than the kernel counts


@dataclass(frozen=True, slots=True)
class Finding:
    """A number that can be compared: a ratio of two measured side by side, or one with a *unit*.

    *middle* is the median of the ratios of turns that followed each other, where *value* is that of
    the best turns. *limit* is the budget of the design, *goal* what it reaches for.
    """

    name: str
    value: float
    less_is_better: bool
    limit: float | None = None
    goal: float | None = None
    middle: float | None = None
    unit: str = ""
    note: str = ""

    @property
    def kept(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        if self.limit is None:
            return None
        return self.value <= self.limit if self.less_is_better else self.value >= self.limit

    @property
    def spare(self) -> float | None:
        """By how much the budget is kept, in its unit or in percent; negative where missed."""
        if self.limit is None:
            return None
        apart = self.limit - self.value if self.less_is_better else self.value - self.limit
        return apart if self.unit else apart / self.limit * 100

    @property
    def words(self) -> str:
        """The finding as a line for people."""
        unit = f" {self.unit}" if self.unit else ""
        middle = f" (median {self.middle:.2f})" if self.middle is not None else ""
        line = f"{self.name} = {self.value:.2f}{unit}{middle}"
        if self.limit is None or self.spare is None:
            return line + (f". {self.note}." if self.note else "")
        sign = "≤" if self.less_is_better else "≥"
        size = f"{abs(self.spare):.2f} {self.unit}" if self.unit else f"{abs(self.spare):.0f} %"
        line += (
            f", budget {sign} {self.limit:g}{unit}: {'kept' if self.kept else 'MISSED'} by {size}"
        )
        if self.goal is not None:
            reached = self.value <= self.goal if self.less_is_better else self.value >= self.goal
            line += f"; the goal of {self.goal:g} is {'reached' if reached else 'not reached'}"
        return f"{line}. {self.note}." if self.note else f"{line}."

    def as_json(self) -> dict[str, object]:
        """Return it for programs."""
        found: dict[str, object] = {
            "name": self.name,
            "value": self.value,
            "median": self.middle,
            "unit": self.unit or "ratio",
            "less_is_better": self.less_is_better,
            "note": self.note,
        }
        if self.limit is not None:
            found |= {"limit": self.limit, "goal": self.goal, "kept": self.kept}
            found["kept_by"] = self.spare
            found["kept_by_unit"] = self.unit or "percent"
        return found


@dataclass(frozen=True, slots=True)
class Aim:
    """What the design says of a number: its budget, what it reaches for, and what it is of."""

    limit: float | None = None
    goal: float | None = None
    note: str = ""


def ratio(
    name: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    *,
    less_is_better: bool,
    aim: Aim | None = None,
) -> Finding:
    """Return the ratio of the best turns, where turns of the same number followed each other."""
    best: Callable[[Sequence[float]], float] = min if less_is_better else max
    value = best(ours) / max(best(theirs), _TINY)
    middle = median(one / max(other, _TINY) for one, other in zip(ours, theirs, strict=True))
    aim = aim or Aim()
    return Finding(name, value, less_is_better, aim.limit, aim.goal, middle, note=aim.note)
