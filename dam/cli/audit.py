"""``dam audit``: what is wrong with rights, and whether the log of events is as it was written."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import click

from dam.catalogue.text import clean
from dam.cli import audit_report
from dam.cli.new_files import new_file
from dam.cli.place import open_archive
from dam.cli.report import tell
from dam.records.chain import Checkpoint, NoCheckpoint
from dam.rights.audit_findings import AuditRule, Severity
from dam.workflows import audit, audit_files, event_log, publish
from dam.workflows.archive import Archive
from dam.workflows.audit import Scope, Tally
from dam.workflows.audit_files import AuditFormat

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_NEVER = "never"


class _Checkpoint(click.ParamType[Checkpoint]):
    """``NUMBER:HASH``, as an earlier check printed it."""

    name = "NUMBER:HASH"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Checkpoint:
        """Return the checkpoint, or say how one looks."""
        if isinstance(value, Checkpoint):
            return value
        try:
            return Checkpoint.read(str(value))
        except NoCheckpoint as refused:
            self.fail(str(refused), param, ctx)


@click.command("audit", short_help="What is wrong with rights; check the log of events.")
@click.option("--as-of", type=_DAY, metavar="DATE", help="By what was recorded up to that day.")
@click.option("--on", type=_DAY, metavar="DATE", help="On another day, by today's records.")
@click.option(
    "--rule",
    "rules",
    type=click.Choice([one.value for one in AuditRule]),
    multiple=True,
    help="Only findings of this rule; may be given several times.",
)
@click.option(
    "--severity",
    "severities",
    type=click.Choice([one.value for one in Severity]),
    multiple=True,
    help="Only findings of this severity; may be given several times.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["table", *(one.value for one in AuditFormat)]),
    default="table",
    show_default=True,
)
@click.option("--to", "file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("--summary", "short", is_flag=True, help="Only how many findings there are.")
@click.option(
    "--fail-on",
    type=click.Choice([*(one.value for one in Severity), _NEVER]),
    default=Severity.HIGH.value,
    show_default=True,
    help="Exit with 1 where a finding is as severe as this.",
)
@click.option("--verify-log", is_flag=True, help="Instead, read the log and say what was changed.")
@click.option(
    "--against",
    "checkpoints",
    type=_Checkpoint(),
    multiple=True,
    help="A checkpoint of the log, kept elsewhere; may be given several times.",
)
@click.pass_context
def command(  # noqa: PLR0913 (each is an option)
    context: click.Context,
    *,
    as_of: datetime | None,
    on: datetime | None,
    rules: tuple[str, ...],
    severities: tuple[str, ...],
    kind: str,
    file: Path | None,
    short: bool,
    fail_on: str,
    verify_log: bool,
    checkpoints: tuple[Checkpoint, ...],
) -> None:
    """Tell what is wrong with the rights of every photograph, the urgent and the dull.

    --as-of asks what an audit on that day would have found; with --on, about another day by what
    was recorded up to then.
    """
    if verify_log or checkpoints:
        context.exit(_verify(open_archive(), checkpoints))
    scope = Scope(
        on=on.date() if on else None,
        as_of=as_of.date() if as_of else None,
        rules=frozenset(map(AuditRule, rules)),
        severities=frozenset(map(Severity, severities)),
    )
    tally = Tally()
    _run(open_archive(), scope, tally, "summary" if short else kind, file)
    worst = next((one for one in Severity if tally.of_severity(one)), None)
    limit = None if fail_on == _NEVER else Severity(fail_on)
    context.exit(1 if worst and limit and worst.place <= limit.place else 0)


def _run(archive: Archive, scope: Scope, tally: Tally, kind: str, file: Path | None) -> None:
    found = audit.run(archive, scope, tally)
    if kind == "summary":
        for _ in found:
            pass
    elif kind == "table":
        with _target(file) as target:
            for line in audit_report.lines(found):
                target.write(line.encode() + b"\n")
    else:
        with _target(file) as target:
            audit_files.write(found, AuditFormat(kind), publish.public_origin(archive), target)
    told = audit_report.summary(tally)
    for line in told:
        if kind in {"table", "summary"} and file is None:
            click.echo(line)
        else:
            tell(line)


@contextmanager
def _target(file: Path | None) -> Iterator[IO[bytes]]:
    """Open the file to be written, which must not be there, or what stands behind the command."""
    if file is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    with new_file(file) as target:
        yield target


def _verify(archive: Archive, checkpoints: tuple[Checkpoint, ...]) -> int:
    """Say whether each event is as it was written; return the exit code."""
    checked = event_log.check(archive, checkpoints)
    for fault in checked.faults:
        click.echo(clean(fault.sentence, multiline=False))
    if checked.fault_count:
        click.echo(f"The log is not as it was written: {checked.fault_count} faults.", err=True)
        return 1
    click.echo(f"{checked.count} events, each as it was written.")
    if checked.checkpoint is not None:
        click.echo(f"Keep this where nobody can change both: --against {checked.checkpoint}")
    return 0
