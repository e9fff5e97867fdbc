"""Findings for people: a line for each as it comes, and at the end how many of which."""

from collections.abc import Iterable, Iterator

from dam.catalogue.text import clean
from dam.rights.audit_findings import AuditRule, Severity
from dam.workflows.audit import Found, Tally

_SEVERITY, _RULE, _PHOTOGRAPH, _RECORD = 8, 27, 14, 8  # characters wide


def lines(found: Iterable[Found]) -> Iterator[str]:
    """Yield a line for each finding, in columns."""
    for one in found:
        finding = one.finding
        said = f"{one.title}: {finding.words}" if one.title else finding.words
        yield (
            f"{finding.severity:<{_SEVERITY}}{finding.rule:<{_RULE}}"
            f"{one.photograph_id:<{_PHOTOGRAPH}}{finding.record or '-':<{_RECORD}}"
            f"{clean(said, multiline=False)}"
        )


def summary(tally: Tally) -> Iterator[str]:
    """Yield how many findings there are of each rule and severity."""
    if not tally.findings:
        yield f"{tally.photographs} photographs, and nothing is wrong."
        return
    yield f"{tally.photographs} photographs, {tally.findings} findings:"
    for severity in Severity:
        for rule in AuditRule:
            count = tally.counts[(rule, severity)]
            if count:
                yield f"{count:>9}  {severity:<{_SEVERITY}}{rule.words}"
