"""The audit: what is wrong with the rights of every photograph, on any day, as it is read.

Findings come in the order of identifiers, one page of rows after the other; memory does not grow
with the archive. What many photographs share is judged once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from dam.records import agreements, audited
from dam.records.audited import AuditRow, Combination
from dam.records.base import Session
from dam.rights.agreements import Agreement
from dam.rights.audit import audit
from dam.rights.audit_findings import AuditFinding, AuditRule, Severity
from dam.workflows.archive import Archive

_MOST_JUDGED = 50_000


@dataclass(frozen=True, slots=True)
class Scope:
    """Which day is asked about, by what was recorded when, and which findings are wanted.

    *as_of* leaves out what was recorded after that day, and asks about that day itself unless *on*
    names another one. Without *rules* or *severities* all are wanted. *after* is the identifier
    behind which to begin.
    """

    on: date | None = None
    as_of: date | None = None
    rules: frozenset[AuditRule] = frozenset()
    severities: frozenset[Severity] = frozenset()
    after: str = ""

    def wants(self, finding: AuditFinding) -> bool:
        """Say whether a finding is among those that are wanted."""
        return (not self.rules or finding.rule in self.rules) and (
            not self.severities or finding.severity in self.severities
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One finding with the photograph it is about; *title* is empty where it has none."""

    photograph_id: str
    title: str
    finding: AuditFinding


@dataclass(slots=True)
class Tally:
    """How many photographs were looked at, and how many findings there were of each rule."""

    photographs: int = 0
    counts: Counter[tuple[AuditRule, Severity]] = field(default_factory=Counter)

    @property
    def findings(self) -> int:
        """How many findings there were."""
        return self.counts.total()

    def of_severity(self, severity: Severity) -> int:
        """Return how many findings of a severity there were."""
        return sum(count for (_, one), count in self.counts.items() if one is severity)


def moment(archive: Archive, scope: Scope) -> datetime:
    """Return the moment that is asked about: now, or noon of another day."""
    day = scope.on or scope.as_of
    return archive.now() if day is None else _at(archive, day, time(12))


def _at(archive: Archive, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, archive.settings.timezone)


def run(archive: Archive, scope: Scope, tally: Tally) -> Iterator[Found]:
    """Yield what is wrong, and count into *tally* what was looked at and what is yielded."""
    asked = moment(archive, scope)
    as_of = None if scope.as_of is None else _at(archive, scope.as_of, time.max)
    with archive.reading() as db:
        known = agreements.all_agreements(db, as_of=as_of)
        judge = _Judge(archive, {one.agreement.number: one.agreement for one in known}, asked)
        for page in audited.pages(db, as_of=as_of, after=scope.after):
            found = [(row, one) for row in page for one in judge.findings(row) if scope.wants(one)]
            tally.photographs += len(page)
            tally.counts.update((one.rule, one.severity) for _, one in found)
            yield from _named(db, archive, found)


def _named(
    db: Session, archive: Archive, found: Sequence[tuple[AuditRow, AuditFinding]]
) -> Iterator[Found]:
    about = list(dict.fromkeys(row.photograph_id for row, _ in found))
    titles = audited.titles(db, about, archive.settings.archive_language) if about else {}
    for row, finding in found:
        yield Found(row.photograph_id, titles.get(row.photograph_id, ""), finding)


class _Judge:
    """Judges each combination once, and remembers as many as fit."""

    def __init__(self, archive: Archive, known: Mapping[int, Agreement], asked: datetime) -> None:
        self._policy, self._agreements, self._asked = archive.policy, known, asked
        self._judged: dict[Combination, tuple[tuple[AuditFinding, int | None], ...]] = {}

    def findings(self, row: AuditRow) -> Iterator[AuditFinding]:
        """Yield the findings of a photograph, with its own records named."""
        judged = self._judged.get(row.combination)
        if judged is None:
            judged = self._judge(row.combination)
        for finding, place in judged:
            if place is None:
                yield finding
            else:
                yield replace(finding, record=f"R-{row.numbers[place]}")

    def _judge(self, combination: Combination) -> tuple[tuple[AuditFinding, int | None], ...]:
        if len(self._judged) >= _MOST_JUDGED:
            self._judged.clear()
        found = audit(audited.audited(combination, self._agreements), self._asked, self._policy)
        judged = tuple((one, _place(one)) for one in found)
        self._judged[combination] = judged
        return judged


def _place(finding: AuditFinding) -> int | None:
    """Return the place that stands for a record of the photograph's own; agreements have none."""
    record = finding.record or ""
    return int(record.removeprefix("R-")) if record.startswith("R-") else None
