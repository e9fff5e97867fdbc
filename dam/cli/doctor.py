"""``dam doctor``: what is wrong with the archive, in plain words."""

import click

from dam.cli.checks import Health, findings
from dam.config import read_settings


@click.command("doctor", short_help="Say what is wrong, in plain words.")
def command() -> None:
    """Look at the archive and say what is wrong with it; the exit code is 1 if something is."""
    wrong = 0
    for finding in findings(read_settings()):
        click.echo(f"{finding.health.value:<5}  {finding.sentence}")
        wrong += finding.health is Health.WRONG
    if wrong:
        click.echo(f"{wrong} thing{'' if wrong == 1 else 's'} to mend.")
        click.get_current_context().exit(1)
    click.echo("Nothing to mend.")
