"""The program ``dam``: its commands, and what a person reads when one of them fails."""

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import click

from dam import __version__
from dam.errors import DamError

# A command is imported when it is called: pixels and rows take a second that --help need not.
COMMANDS = MappingProxyType(
    {
        "demo": "dam.cli.demo",
        "init": "dam.cli.init",
        "db": "dam.cli.db",
        "doctor": "dam.cli.doctor",
        "serve": "dam.cli.serve",
        "worker": "dam.cli.worker",
        "ingest": "dam.cli.ingest",
        "withdraw": "dam.cli.withdraw",
        "reinstate": "dam.cli.reinstate",
        "explain": "dam.cli.explain",
        "audit": "dam.cli.audit",
        "events": "dam.cli.events",
        "publish": "dam.cli.publish",
        "export": "dam.cli.export",
        "derive": "dam.cli.derive",
        "index": "dam.cli.index",
        "sheet": "dam.cli.sheet",
        "user": "dam.cli.user",
        "bench": "dam.cli.bench",
    }
)
_INTERRUPTED = 130
_HINT = "Something went wrong that dam did not expect; `dam --debug …` shows what."


@dataclass(slots=True)
class Told:
    """What was said before the command."""

    debug: bool = False


class Program(click.Group):
    """A group whose commands are modules, each with its ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of a first day with the archive."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name]).command
        return command if isinstance(command, click.Command) else None


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dam")
@click.option("--debug", is_flag=True, help="Show the whole stack when something goes wrong.")
@click.pass_obj
def program(told: Told, *, debug: bool) -> None:
    """A photo archive that serves IIIF, in the directory that DAM_HOME names."""
    told.debug = debug


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for a failure, 2 for wrong usage."""
    told = Told()
    try:
        answer = program.main(arguments, prog_name="dam", standalone_mode=False, obj=told)
    except click.ClickException as refused:
        refused.show()
        return refused.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`dam ingest --json | head`); Python would complain at its exit too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except DamError as error:
        return _failed(str(error), told)
    except Exception:  # noqa: BLE001 (the rim: a person gets a sentence, never a stack)
        return _failed(_HINT, told)
    return answer if isinstance(answer, int) else 0


def _failed(sentence: str, told: Told) -> int:
    if told.debug:
        traceback.print_exc()
    click.echo(sentence, err=True)
    return 1
