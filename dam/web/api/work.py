"""Work on a photograph: stage, comments, publishing, withdrawing, and why it is shown or not."""

from datetime import date
from enum import StrEnum

from dam.rights.facts import Audience
from dam.web.api import answers
from dam.web.api.operation import Body, Call, Operation, Reply
from dam.web.api.shapes import Line, Name, Shape, Text
from dam.web.api.words import stored
from dam.workflows import clear, release, review
from dam.workflows.explain import explain


class Said(Shape):
    """A comment."""

    words: Text


class Reason(Shape):
    """Why a photograph is withdrawn, or brought back."""

    reason: Name


class Publishing(Shape):
    """Why a photograph is published though something that it needs is missing, if it is."""

    all_the_same: Line = ""


class Asker(StrEnum):
    """For whom a decision is explained."""

    PUBLIC = "public"
    RESEARCHER = "researcher"
    STAFF = "staff"


class About(Shape):
    """About whom and which days a decision is explained."""

    audience: Asker = Asker.PUBLIC
    on: date | None = None
    as_of: date | None = None


def read_work(call: Call) -> Reply:
    """Answer the stage, what is missing, and the comments."""
    one = stored(call).id
    found = review.work(call.archive, one)
    return Reply(
        answers.WorkShape.model_construct(
            photograph=one,
            stage=found.stage.value,
            missing=list(found.missing),
            comments=[
                answers.CommentShape.model_construct(
                    number=said.id,
                    at=said.at,
                    author=said.author,
                    words=said.words,
                    settled_by=said.settled_by,
                )
                for said in found.comments
            ],
        )
    )


def send_to_review(call: Call) -> Reply:
    """Ask for another pair of eyes."""
    review.send_to_review(call.archive, stored(call).id, call.by)
    return read_work(call)


def back_to_draft(call: Call) -> Reply:
    """Take it out of review."""
    review.back_to_draft(call.archive, stored(call).id, call.by)
    return read_work(call)


def publish(call: Call) -> Reply:
    """Publish it by the decision of whoever asks, as the desk does."""
    reason = call.taken(Publishing).all_the_same
    release.release(call.archive, stored(call).id, call.by, all_the_same=reason)
    return read_work(call)


def withdraw(call: Call) -> Reply:
    """Withdraw it; no pixel leaves any more when this answers."""
    clear.withdraw(call.archive, stored(call).id, call.taken(Reason).reason, call.by)
    return read_work(call)


def reinstate(call: Call) -> Reply:
    """Bring it back to what its records allow."""
    clear.reinstate(call.archive, stored(call).id, call.taken(Reason).reason, call.by)
    return read_work(call)


def comment(call: Call) -> Reply:
    """Say something to those who work here."""
    review.comment(call.archive, stored(call).id, call.taken(Said).words, call.by)
    return read_work(call)


def settle_comment(call: Call) -> Reply:
    """Mark a comment as settled."""
    review.settle(call.archive, stored(call).id, call.number("number"), call.by)
    return read_work(call)


def read_explanation(call: Call) -> Reply:
    """Answer why an audience gets what it gets."""
    about, one = call.asked(About), stored(call).id
    who = Audience[about.audience.name]
    found = explain(call.archive, one, who, on=about.on, as_of=about.as_of)
    return Reply(answers.explanation_shape(one, found))


def read_rights(call: Call) -> Reply:
    """Answer every record of rights."""
    one = stored(call).id
    _, history = clear.facts_and_history(call.archive, one)
    return Reply(
        answers.RightsHistory.model_construct(
            photograph=one,
            records=[
                answers.RightsRecordShape.model_construct(
                    name=record.name,
                    kind=record.value.kind.value,
                    text=str(record.value.text),
                    number=record.value.number,
                    day=record.value.day,
                    recorded_at=record.recorded_at,
                    recorded_by=record.recorded_by,
                )
                for record in history
            ],
        )
    )


_ONE = "/photographs/{photograph_id}"
_WORK, _STAFF, _MANAGER = answers.WorkShape, Audience.STAFF, Audience.RIGHTS_MANAGER
OPERATIONS = (
    Operation(
        "readWork",
        "GET",
        f"{_ONE}/work",
        "Read how far the work is, what is missing, and the comments",
        _STAFF,
        read_work,
        _WORK,
    ),
    Operation(
        "comment",
        "POST",
        f"{_ONE}/comments",
        "Say something to those who work here",
        _STAFF,
        comment,
        _WORK,
        status=201,
        body=Body.JSON,
        takes=Said,
    ),
    Operation(
        "settleComment",
        "POST",
        f"{_ONE}/comments/{{number}}/settle",
        "Mark a comment as settled",
        _STAFF,
        settle_comment,
        _WORK,
    ),
    Operation(
        "sendToReview",
        "POST",
        f"{_ONE}/review",
        "Send a draft to review",
        _STAFF,
        send_to_review,
        _WORK,
    ),
    Operation(
        "backToDraft",
        "POST",
        f"{_ONE}/draft",
        "Take a photograph out of review",
        _STAFF,
        back_to_draft,
        _WORK,
    ),
    Operation(
        "publish",
        "POST",
        f"{_ONE}/publish",
        "Publish, by the decision of whoever asks; what is needed first is said",
        _STAFF,
        publish,
        _WORK,
        body=Body.JSON,
        takes=Publishing,
    ),
    Operation(
        "withdraw",
        "POST",
        f"{_ONE}/withdraw",
        "Withdraw, with a reason; true everywhere when it answers",
        _MANAGER,
        withdraw,
        _WORK,
        body=Body.JSON,
        takes=Reason,
    ),
    Operation(
        "reinstate",
        "POST",
        f"{_ONE}/reinstate",
        "Bring a withdrawn photograph back to what its records allow",
        _MANAGER,
        reinstate,
        _WORK,
        body=Body.JSON,
        takes=Reason,
    ),
    Operation(
        "explain",
        "GET",
        f"{_ONE}/explanation",
        "Read why an audience gets what it gets, on any day",
        _STAFF,
        read_explanation,
        answers.ExplanationShape,
        query=About,
    ),
    Operation(
        "readRights",
        "GET",
        f"{_ONE}/rights",
        "Read every record of rights",
        _MANAGER,
        read_rights,
        answers.RightsHistory,
    ),
)
