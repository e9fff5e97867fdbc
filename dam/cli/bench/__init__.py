"""``dam bench``: how fast this archive is on this machine, beside others.

One file is one benchmark; what they share (load, servers, findings, baseline, report) is beside
them. Nothing here is used by the service, and nothing is asserted: a run says what it found.
"""

import click

from dam.cli.bench.ingest import ingest
from dam.cli.bench.publish import publishing
from dam.cli.bench.render import render
from dam.cli.bench.search import search
from dam.cli.bench.sheets import sheets
from dam.cli.bench.tiles import tiles


@click.group("bench", short_help="Measure this archive on this machine.")
def bench() -> None:
    """Measure how fast this archive is on this machine, beside other programs."""


for one in (tiles, render, ingest, search, publishing, sheets):
    bench.add_command(one)

command = bench
