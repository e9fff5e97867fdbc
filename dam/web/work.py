"""/desk/p/…: the state of work, comments, and what may be sensitive."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.stages import Stage
from dam.config import Settings
from dam.rights.facts import Audience
from dam.web import pages
from dam.web.clearing_pages import SENSITIVITIES
from dam.web.dates import when_in_words
from dam.web.reader import actor, needs
from dam.workflows import release, review
from dam.workflows.archive import Archive
from dam.workflows.review import Work

_STAGES = {
    Stage.DRAFT: "draft",
    Stage.IN_REVIEW: "in review",
    Stage.PUBLISHED: "published",
    Stage.WITHDRAWN: "withdrawn",
}


def work_part(found: Work, settings: Settings, *, sensitive: bool) -> pages.Work:
    """Return how far the work is, as the desk shows it; *sensitive* where that is recorded."""
    return pages.Work(
        stage=_STAGES[found.stage],
        may_send=found.stage is Stage.DRAFT,
        may_take_back=found.stage is Stage.IN_REVIEW,
        comments=tuple(
            pages.Comment(
                number=one.id,
                at=one.at.isoformat(),
                when=when_in_words(one.at, settings.timezone, one.at.date().min),
                who=one.author,
                words=one.words,
                settled_by=one.settled_by,
            )
            for one in found.comments
        ),
        needed=found.needed,
        sensitivities=()
        if sensitive
        else tuple(pages.Option(one, one.replace("-", " ")) for one in SENSITIVITIES),
    )


class WorkViews:
    """What is pressed beside the words of a photograph."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def move(self, photograph_id: str) -> AnyResponse:
        """Send a photograph to review, or take it back."""
        put = review.send_to_review if _answer() == "review" else review.back_to_draft
        put(self._archive, photograph_id, actor())
        return redirect(f"/desk/p/{photograph_id}?done={_answer()}", 303)

    def comment(self, photograph_id: str) -> AnyResponse:
        """Say something about a photograph."""
        review.comment(self._archive, photograph_id, request.form.get("words", ""), actor())
        return redirect(f"/desk/p/{photograph_id}#comments", 303)

    def settle(self, photograph_id: str, number: int) -> AnyResponse:
        """Settle a comment."""
        review.settle(self._archive, photograph_id, number, actor())
        return redirect(f"/desk/p/{photograph_id}#comments", 303)

    def sensitivity(self, photograph_id: str) -> AnyResponse:
        """Mark a photograph as sensitive, to be reviewed."""
        chosen = request.form.getlist("term")
        terms = tuple(one for one in SENSITIVITIES if one in chosen)
        release.propose_sensitivity(self._archive, photograph_id, terms, actor())
        return redirect(f"/desk/p/{photograph_id}?done=sensitive", 303)


def _answer() -> str:
    return "review" if request.form.get("answer") == "review" else "draft"


def blueprint(archive: Archive) -> Blueprint:
    """Return the routes of work on a photograph; every one of them asks who it is."""
    routes = Blueprint("work", __name__, url_prefix="/desk/p/<photograph_id>")
    views, guarded = WorkViews(archive), needs(Audience.STAFF)
    for rule, view in (
        ("/review", views.move),
        ("/comments", views.comment),
        ("/comments/<int:number>/settle", views.settle),
        ("/sensitivity", views.sensitivity),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=["POST"])
    return routes
