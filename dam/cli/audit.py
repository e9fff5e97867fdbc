"""``dam audit``: whether the log of events is as it was written."""

import click

from dam.catalogue.text import clean
from dam.cli.place import open_archive
from dam.records.chain import Checkpoint, NoCheckpoint
from dam.workflows import event_log


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


@click.command("audit", short_help="Check the log of events.")
@click.option("--verify-log", is_flag=True, help="Read the whole log and say what was changed.")
@click.option(
    "--against",
    "checkpoints",
    type=_Checkpoint(),
    multiple=True,
    help="A checkpoint that was printed before and kept elsewhere; may be given several times.",
)
@click.pass_context
def command(
    context: click.Context, *, verify_log: bool, checkpoints: tuple[Checkpoint, ...]
) -> None:
    """Say whether each event is as it was written; exit with 1 where one is not."""
    if not verify_log:
        raise click.UsageError("Give --verify-log.")
    checked = event_log.check(open_archive(), checkpoints)
    for fault in checked.faults:
        click.echo(clean(fault.sentence, multiline=False))
    if checked.fault_count:
        click.echo(f"The log is not as it was written: {checked.fault_count} faults.", err=True)
        context.exit(1)
    click.echo(f"{checked.count} events, each as it was written.")
    if checked.checkpoint is not None:
        click.echo(f"Keep this where nobody can change both: --against {checked.checkpoint}")
