"""Findings of the audit: what is wrong, or about to be, with the rights of one photograph."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    """How soon a person has to do something, the most urgent first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def place(self) -> int:
        """Where it stands, from 0 for the most urgent."""
        return tuple(Severity).index(self)


class AuditRule(StrEnum):
    """Which rule of the audit spoke, in the order in which findings are told."""

    NO_RIGHTS = "no-rights"
    UNKNOWN_RIGHTS = "unknown-rights"
    NO_GROUND = "no-ground"
    WITHOUT_EVIDENCE = "without-evidence"
    AGREEMENT_UNSIGNED = "agreement-unsigned"
    EXPIRES_30 = "expires-in-30-days"
    EXPIRES_60 = "expires-in-60-days"
    EXPIRES_90 = "expires-in-90-days"
    SHOWN_AFTER_EXPIRY = "shown-after-expiry"
    EXCLUSIVE_OVERLAP = "exclusive-overlap"
    REVIEW_DUE = "review-due"
    PAST_ITS_DATE = "restriction-past-its-date"
    NO_RELEASE = "no-release"
    CONSENT_GONE = "consent-gone"
    SENSITIVE_UNREVIEWED = "sensitive-unreviewed"
    MINOR_UNREVIEWED = "minor-unreviewed"
    NO_ORPHAN_SEARCH = "no-orphan-search"
    FALSE_COPYRIGHT = "false-copyright"
    NO_CREDIT = "no-credit"

    @property
    def words(self) -> str:
        """How it is called in a heading."""
        return _WORDS[self]


_WORDS = {
    AuditRule.NO_RIGHTS: "No rights on record",
    AuditRule.UNKNOWN_RIGHTS: "Rights that are not understood",
    AuditRule.NO_GROUND: "Published without a ground to show it",
    AuditRule.WITHOUT_EVIDENCE: "Shown without evidence",
    AuditRule.AGREEMENT_UNSIGNED: "Agreement not signed",
    AuditRule.EXPIRES_30: "Agreement ends within 30 days",
    AuditRule.EXPIRES_60: "Agreement ends within 60 days",
    AuditRule.EXPIRES_90: "Agreement ends within 90 days",
    AuditRule.SHOWN_AFTER_EXPIRY: "Shown after its agreement ended",
    AuditRule.EXCLUSIVE_OVERLAP: "Exclusive agreements overlap",
    AuditRule.REVIEW_DUE: "Review due",
    AuditRule.PAST_ITS_DATE: "Restriction past its date",
    AuditRule.NO_RELEASE: "No release",
    AuditRule.CONSENT_GONE: "Consent withdrawn or ended",
    AuditRule.SENSITIVE_UNREVIEWED: "Sensitive, not reviewed",
    AuditRule.MINOR_UNREVIEWED: "Child shown, not reviewed",
    AuditRule.NO_ORPHAN_SEARCH: "Orphan work without a search",
    AuditRule.FALSE_COPYRIGHT: "“©” on a public-domain work",
    AuditRule.NO_CREDIT: "Credit is owed and missing",
}


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One finding: *record* is the entry it is about, none where nothing is recorded.

    *day* is when something ends, ended, or was due.
    """

    rule: AuditRule
    severity: Severity
    words: str
    record: str | None = None
    day: date | None = None
