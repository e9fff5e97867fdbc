"""The report of one run as a page that stands alone: a drawn chart and the tables behind it."""

from collections.abc import Iterable, Sequence
from html import escape

from dam.cli.bench.report import Chart, Compared, Report, Sheet, machine, versions_in_words

_ROW = 26
_LABELS, _BARS, _VALUES = 230, 480, 90
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1c1c1c; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #d4d4d4; text-align: right; }
.word { text-align: left; }
svg { max-width: 100%; height: auto; }
svg text { font: 14px system-ui, sans-serif; fill: #1c1c1c; }
svg rect { fill: #28618f; }
"""


def as_page(report: Report, compared: Compared | None, day: str) -> str:
    """Return the whole page; *day* is that of the run."""
    title = f"dam bench {report.bench}, {day}"
    processors = f"{machine()['processors']} processors, {machine()['architecture']}"
    parts = [
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>',
        '<meta name="viewport" content="width=device-width">',
        f"<style>{_STYLE}</style><main><h1>{escape(title)}</h1>",
        _paragraphs((report.summary, processors, versions_in_words(report))),
        f"<h2>{escape(report.chart.title)}</h2>",
        drawn(report.chart),
        "<h2>Measured</h2>",
        _table(report.sheet),
        "<h2>Budgets</h2>",
        _findings(report),
    ]
    for heading, lines in (("Where the time goes", report.where), ("Notes", report.notes)):
        if lines:
            parts += [f"<h2>{heading}</h2>", _list(lines)]
    if compared is not None:
        parts += ["<h2>Beside the baseline</h2>", _paragraphs([compared.line])]
        parts.append(_list([one.words for one in compared.verdicts]))
    return "\n".join([*parts, "</main></html>", ""])


def drawn(chart: Chart) -> str:
    """Return *chart* as SVG; its numbers are in the text of each bar, for those who listen."""
    width, height = _LABELS + _BARS + _VALUES, _ROW * len(chart.bars)
    said = "; ".join(f"{label} {value:.3g} {chart.unit}" for label, value in chart.bars)
    lines = [
        f'<svg role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<title>{escape(f'{chart.title}: {said}')}</title>",
    ]
    for number, (label, value) in enumerate(chart.bars):
        top = number * _ROW
        length = max(1.0, chart.part(value) * _BARS)
        lines += [
            f'<text x="{_LABELS - 8}" y="{top + 17}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{_LABELS}" y="{top + 4}" width="{length:.1f}" height="{_ROW - 8}"/>',
            f'<text x="{_LABELS + length + 6:.1f}" y="{top + 17}">{value:.3g}</text>',
        ]
    return "\n".join([*lines, "</svg>", f"<p>Bars in {escape(chart.unit)}.</p>"])


def _table(sheet: Sheet) -> str:
    return _rows(sheet.headings, sheet.rows, sheet.left)


def _findings(report: Report) -> str:
    rows = []
    for one in report.findings:
        unit = f" {one.unit}" if one.unit else ""
        sign = "≤" if one.less_is_better else "≥"
        budget = "" if one.limit is None else f"{sign} {one.limit:g}{unit}"
        kept = {True: "kept", False: "MISSED", None: ""}[one.kept]
        rows.append((one.name, one.note, f"{one.value:.2f}{unit}", budget, kept))
    return _rows(("number", "of", "measured", "budget", "verdict"), rows, 2)


def _rows(headings: Sequence[str], rows: Iterable[Sequence[str]], left: int) -> str:
    def cells(texts: Sequence[str], tag: str, scope: str) -> str:
        return "".join(
            f"<{tag}{scope}{' class=word' if number < left else ''}>{escape(text)}</{tag}>"
            for number, text in enumerate(texts)
        )

    head = f"<tr>{cells(headings, 'th', ' scope=col')}</tr>"
    body = "".join(f"<tr>{cells(row, 'td', '')}</tr>" for row in rows)
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
