"""Every operation, by noun; others are added here."""

from dam.web.api import (
    alike,
    authorities,
    batches,
    finding,
    frames,
    jobs,
    photographs,
    series,
    sheets,
    shorthand,
    templates,
    users,
    words,
    work,
)

OPERATIONS = (
    *photographs.OPERATIONS,
    *words.OPERATIONS,
    *frames.OPERATIONS,
    *work.OPERATIONS,
    *alike.OPERATIONS,
    *finding.OPERATIONS,
    *batches.OPERATIONS,
    *sheets.OPERATIONS,
    *series.OPERATIONS,
    *authorities.OPERATIONS,
    *shorthand.OPERATIONS,
    *templates.OPERATIONS,
    *jobs.OPERATIONS,
    *users.OPERATIONS,
)
