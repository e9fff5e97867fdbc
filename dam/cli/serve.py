"""``dam serve``: the service, and the process that runs its jobs."""

import click

from dam import wiring
from dam.cli.addresses import listening_address, origin, require_free
from dam.cli.server import run_server
from dam.config import read_settings

PORT = click.IntRange(1, 65_535)


@click.command("serve", short_help="Serve the archive.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="The port.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; one for each core, to 4.")
def command(host: str, port: int, workers: int | None) -> None:
    """Serve the archive, and run its jobs in a process of their own.

    Without DAM_PUBLIC_URL only this machine itself is served.
    """
    settings = read_settings()
    address = listening_address(settings, host)
    require_free(address, port)
    wiring.build_archive(wiring.open_place(settings))  # what is wrong is said here, once
    click.echo(f"Serving {settings.public_url or origin(address, port)}; Ctrl-C ends it.", err=True)
    run_server(address, port, workers)
