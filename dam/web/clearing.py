"""/rights: rights managers record statements, restrictions and decisions; withdraw, reinstate."""

from datetime import date

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import Conflict, DamError, Malformed
from dam.records.desk import Waiting
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience, Facts, Step
from dam.rights.statements import normalise
from dam.web import clearing_pages
from dam.web.origin import Origin
from dam.web.public import explanation
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.workflows import browse, clear, desk
from dam.workflows.archive import Archive

_CONFIRM_SHOWING = (
    "You are about to show this photograph to the public without evidence of rights, in your name."
)


class BadField(Malformed):
    """A field of the form cannot be understood."""


class RecordedMeanwhile(Conflict):
    """Somebody else recorded something about this photograph in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else recorded something about this photograph in the meantime; "
            "nothing of yours was recorded. Look again, then record it."
        )


class ClearingViews:
    """The views of the rights desk."""

    def __init__(self, archive: Archive, render: Renderer, origin: Origin) -> None:
        self._archive, self._render, self._origin = archive, render, origin

    def overview(self) -> Response:
        """Show every photograph with its statement and what the public gets."""
        number = request.args.get("page", 1, int)
        search = request.args.get("q", "")[:200]
        found = desk.desk_list(self._archive, audience(), Waiting.ALL, search, number)
        today = self._archive.now().astimezone(self._archive.settings.timezone).date()
        return self._render(
            clearing_pages.rights_list(found, self._render.site(), self._origin(), search, today)
        )

    def one(self, photograph_id: str) -> Response:
        """Show the decision about one photograph, why, and the form that changes it."""
        return self._page(photograph_id)

    def _page(
        self, photograph_id: str, errors: tuple[str, ...] = (), warning: str | None = None
    ) -> Response:
        told = browse.photograph(self._archive, photograph_id, audience()).told
        facts, history = clear.facts_and_history(self._archive, photograph_id)
        on = _day("on", request.args.get("on", ""), quiet=True)
        page = clearing_pages.rights_desk(
            told,
            facts,
            history,
            site=self._render.site("Recorded." if request.args.get("done") else None),
            origin=self._origin(),
            public=explanation(self._archive, photograph_id, Audience.PUBLIC, on),
            staff=explanation(self._archive, photograph_id, Audience.STAFF, on),
            review=clear.review_day(self._archive),
            errors=errors,
            warning=warning,
        )
        return self._render(page, 422 if errors or warning else 200)

    def record(self, photograph_id: str) -> AnyResponse:
        """Record what the form says differently; a showing without evidence is confirmed first."""
        facts, history = clear.facts_and_history(self._archive, photograph_id)
        if request.form.get("revision", 0, int) != (history[0].id if history else 0):
            raise RecordedMeanwhile
        try:
            records = _records(facts, clear.review_day(self._archive))
        except DamError as error:
            return self._page(photograph_id, errors=(str(error),))
        shows = any(new.kind is RecordKind.SHOWING and new.holds for new in records)
        if shows and "confirmed" not in request.form:
            return self._page(photograph_id, warning=_CONFIRM_SHOWING)
        if records:
            clear.record(self._archive, photograph_id, records, actor())
        return redirect(f"/rights/p/{photograph_id}?done=1", 303)

    def withdraw(self, photograph_id: str) -> AnyResponse:
        """Withdraw: no pixel leaves any more when this answers."""
        clear.withdraw(self._archive, photograph_id, request.form.get("reason", ""), actor())
        return redirect(f"/rights/p/{photograph_id}?done=1", 303)

    def reinstate(self, photograph_id: str) -> AnyResponse:
        """Bring a withdrawn photograph back to what its records allow."""
        clear.reinstate(self._archive, photograph_id, request.form.get("reason", ""), actor())
        return redirect(f"/rights/p/{photograph_id}?done=1", 303)


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of the rights desk; every one asks for a rights manager."""
    routes = Blueprint("clearing", __name__, url_prefix="/rights")
    views = ClearingViews(archive, render, origin)
    guarded = needs(Audience.RIGHTS_MANAGER)
    for rule, method, view in (
        ("/", "GET", views.overview),
        ("/p/<photograph_id>", "GET", views.one),
        ("/p/<photograph_id>", "POST", views.record),
        ("/p/<photograph_id>/withdraw", "POST", views.withdraw),
        ("/p/<photograph_id>/reinstate", "POST", views.reinstate),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes


def _records(facts: Facts, review: date) -> list[NewRecord]:
    """Return the records that turn *facts* into what the form says; only what differs."""
    wanted = [
        _statement(facts),
        _ceiling(facts),
        _cap(facts),
        _embargo(facts),
        *_sensitivity(facts),
        _showing(facts, review),
    ]
    return [new for new in wanted if new is not None]


def _statement(facts: Facts) -> NewRecord | None:
    given = request.form.get("rights_other", "").strip() or request.form.get("rights", "")
    uri = normalise(given) if given else ""
    before = facts.statement.uri if facts.statement else ""
    return None if uri == before else NewRecord(RecordKind.STATEMENT, uri)


def _ceiling(facts: Facts) -> NewRecord | None:
    word = request.form.get("access", "")
    word = Step.of_word(word).word if word else ""
    before = facts.ceiling.step.word if facts.ceiling else ""
    return None if word == before else NewRecord(RecordKind.CEILING, word)


def _cap(facts: Facts) -> NewRecord | None:
    text = request.form.get("cap", "").strip()
    if text and not (text.isascii() and text.isdigit() and 1 <= int(text) <= 100_000):
        raise BadField("The cap is a whole number of pixels, from 1 to 100000.")
    number = int(text) if text else None
    before = facts.cap.long_side_pixels if facts.cap else None
    return None if number == before else NewRecord(RecordKind.CAP, number=number)


def _embargo(facts: Facts) -> NewRecord | None:
    day = _day("first visible day", request.form.get("embargo", ""))
    before = facts.embargo.until if facts.embargo else None
    if day == before:
        return None
    return NewRecord(RecordKind.EMBARGO, "plain" if day else "", day=day)


def _sensitivity(facts: Facts) -> list[NewRecord]:
    word = request.form.get("sensitivity", "").strip()[:200]
    known = facts.sensitivity
    before = "; ".join(known.terms) if known else ""
    if word == clearing_pages.REVIEWED and known is not None:
        return [] if known.reviewed else [NewRecord(RecordKind.REVIEW, "reviewed")]
    return [] if word == before else [NewRecord(RecordKind.SENSITIVITY, word)]


def _showing(facts: Facts, review: date) -> NewRecord | None:
    wanted = "show_without_evidence" in request.form
    if wanted is (facts.showing is not None):
        return None
    if not wanted:
        return NewRecord(RecordKind.SHOWING)
    day = _day("review", request.form.get("review", "")) or review
    return NewRecord(RecordKind.SHOWING, "no evidence", day=day)


def _day(label: str, text: str, *, quiet: bool = False) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        if quiet:
            return None
        raise BadField(f"The {label} is a day such as 2027-03-01.") from None
