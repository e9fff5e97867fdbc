"""What servers that were asked in turns come to, as a table, a chart, and for programs."""

from collections.abc import Sequence
from statistics import median

from dam.cli.bench.load import Measured
from dam.cli.bench.processes import processors
from dam.cli.bench.report import Chart, Sheet

_BUSY = 0.9


def sheet_of(measured: Sequence[Measured], of: str) -> Sheet:
    """Return the table of all servers; *of* is what they were asked for, in the singular."""
    headings = (
        "server", "asked for", f"{of}s/s", f"CPU ms/{of}", "(median)", "p50 ms", "p95 ms", "p99 ms",
        f"kB/{of}", "MB held", "MB at most",
    )  # fmt: skip
    return Sheet(headings, tuple(_row(one) for one in measured))


def _row(one: Measured) -> tuple[str, ...]:
    return (
        one.server,
        one.form,
        f"{max(one.speed):.0f}" if max(one.speed) >= 100 else f"{max(one.speed):.1f}",
        f"{min(one.cpu):.4f}" if min(one.cpu) < 1 else f"{min(one.cpu):.2f}",
        f"{median(one.cpu):.4f}" if median(one.cpu) < 1 else f"{median(one.cpu):.2f}",
        *(f"{one.typical(name):.2f}" for name in ("p50_ms", "p95_ms", "p99_ms")),
        f"{one.bytes_each / 1000:.1f}",
        f"{one.resident_bytes / 1_000_000:.0f}",
        f"{one.peak_resident_bytes / 1_000_000:.0f}",
    )


def chart_of(measured: Sequence[Measured], of: str) -> Chart:
    """Return the CPU time of all servers as bars."""
    bars = tuple((f"{one.server} {one.form}", min(one.cpu)) for one in measured)
    return Chart(f"CPU time of the server for one {of}, best turn", "ms", bars)


def servers_as_json(measured: Sequence[Measured], of: str) -> list[dict[str, object]]:
    """Return the numbers of all servers for programs."""
    return [
        {
            "server": one.server,
            "form": one.form,
            "requests": sum(turn.requests for turn in one.rounds),
            f"{of}s_per_second": {"best": max(one.speed), "median": median(one.speed)},
            f"cpu_ms_per_{of}": {"best": min(one.cpu), "median": median(one.cpu)},
            "p50_ms": one.typical("p50_ms"),
            "p95_ms": one.typical("p95_ms"),
            "p99_ms": one.typical("p99_ms"),
            f"bytes_per_{of}": one.bytes_each,
            "resident_bytes": one.resident_bytes,
            "peak_resident_bytes": one.peak_resident_bytes,
            "client_load": max(turn.client_load for turn in one.rounds),
        }
        for one in measured
    ]


def notes_on(measured: Sequence[Measured], left_out: Sequence[str]) -> list[str]:
    """Return what has to be known to read the numbers."""
    notes = [f"{name} took no part." for name in left_out]
    if processors()[0] is None:
        notes.append("Servers and client shared one processor, which slows down the fast ones.")
    notes += [
        f"The client was the limit of {one.server} {one.form}: it could answer more in a second."
        for one in measured
        if max(turn.client_load for turn in one.rounds) > _BUSY
    ]
    return notes
