"""A stored baseline: what an earlier run found, which a later one is compared with.

Only numbers that were measured beside something else in the same run are kept, never times: another
machine, or a busier one, has other times and much the same ratios.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import dam
from dam.cli.bench.findings import Finding
from dam.errors import Malformed, Unavailable, translate

TOLERANCE_PERCENT = 15.0
_TOLERANCE_DECIBELS = 0.1
_FAULTS = (KeyError, TypeError, ValueError, AttributeError)
DEFAULT = Path(dam.__file__).parents[1] / ".ci" / "bench.json"


class UnreadableBaseline(Malformed):
    """The baseline is no file that this benchmark has written."""


class Change(StrEnum):
    """What became of a number since the baseline."""

    BETTER = "better"
    SAME = "same"
    WORSE = "WORSE"
    NEW = "new"
    GONE = "not measured"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A number beside its baseline; *changed* is in percent, or in dB for decibels."""

    name: str
    now: float | None
    before: float | None
    changed: float
    unit: str
    change: Change

    @property
    def words(self) -> str:
        """The verdict as a line for people."""
        if self.change is Change.NEW:
            return f"{self.name}: new, {self.now:.2f}"
        if self.change is Change.GONE:
            return f"{self.name}: not measured now, {self.before:.2f} in the baseline"
        by = f"{self.changed:+.2f} dB" if self.unit == "dB" else f"{self.changed:+.0f} %"
        return f"{self.name}: {self.change}, {self.now:.2f} after {self.before:.2f} ({by})"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What one benchmark found on a day, and over which workload."""

    taken: str
    workload: Mapping[str, object]
    numbers: Mapping[str, float]


def compare(
    findings: Sequence[Finding],
    before: Mapping[str, float],
    tolerance_percent: float = TOLERANCE_PERCENT,
) -> tuple[Verdict, ...]:
    """Return a verdict for every number of either run."""
    found = [_verdict(one, before.get(one.name), tolerance_percent) for one in findings]
    names = {one.name for one in findings}
    gone = [
        Verdict(name, None, value, 0.0, "", Change.GONE)
        for name, value in before.items()
        if name not in names
    ]
    return (*found, *gone)


def _verdict(one: Finding, before: float | None, tolerance_percent: float) -> Verdict:
    if before is None:
        return Verdict(one.name, one.value, None, 0.0, one.unit, Change.NEW)
    if one.unit == "dB":
        changed, tolerance = one.value - before, _TOLERANCE_DECIBELS
    else:
        changed, tolerance = _percent(one.value, before), tolerance_percent
    worse = changed if one.less_is_better else -changed
    change = Change.SAME
    if worse > tolerance:
        change = Change.WORSE
    elif worse < -tolerance:
        change = Change.BETTER
    return Verdict(one.name, one.value, before, changed, one.unit, change)


def _percent(now: float, before: float) -> float:
    if before == 0:
        return 0.0 if now == 0 else 100.0
    return (now / before - 1) * 100


def read(path: Path, bench: str) -> Baseline | None:
    """Return what *path* holds of one benchmark, or None where there is nothing.

    Raises:
        UnreadableBaseline: the file is of another kind.
    """
    if not path.exists():
        return None
    kept = _everything(path).get(bench)
    if kept is None:
        return None
    with translate(dict.fromkeys(_FAULTS, _unreadable(path))):
        numbers = {str(name): float(value) for name, value in kept["numbers"].items()}
        return Baseline(str(kept["taken"]), dict(kept["workload"]), numbers)


def save(path: Path, bench: str, baseline: Baseline) -> None:
    """Write what one benchmark found into *path*, and leave what it holds of the others.

    Raises:
        UnreadableBaseline: the file is of another kind and would be lost.
        Unavailable: it cannot be written.
    """
    everything = _everything(path) if path.exists() else {}
    everything[bench] = {
        "taken": baseline.taken,
        "workload": dict(baseline.workload),
        "numbers": {name: round(value, 4) for name, value in baseline.numbers.items()},
    }
    text = json.dumps(everything, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    with translate({OSError: Unavailable(f"The baseline {path.name} cannot be written.")}):
        path.write_text(text, "utf-8")


def _everything(path: Path) -> dict[str, Any]:
    with translate(dict.fromkeys((OSError, ValueError), _unreadable(path))):
        held = json.loads(path.read_text("utf-8"))
    if not isinstance(held, dict):
        raise _unreadable(path)
    return held


def _unreadable(path: Path) -> UnreadableBaseline:
    return UnreadableBaseline(
        f"{path.name} is no baseline of this benchmark; name another file with --baseline."
    )
