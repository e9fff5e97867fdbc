"""Jobs: what is being done, what waits, and what failed."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from dam.records.listing import JobReport
from dam.rights.facts import Audience
from dam.web.api.answers import JobList, JobShape
from dam.web.api.operation import PREFIX, Call, Operation, Reply
from dam.web.api.shapes import Limit, Shape
from dam.workflows import listing


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class WantedJobs(Shape):
    """Which jobs are asked for."""

    state: JobState | None = None
    before: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    limit: Limit = 60


def list_jobs(call: Call) -> Reply:
    """Answer a page of jobs, newest first."""
    query = call.asked(WantedJobs)
    state = query.state.value if query.state else ""
    found, following = listing.jobs(call.archive, state, query.before, query.limit)
    address = None
    if following is not None:
        chosen = f"&state={state}" if state else ""
        limit = f"&limit={query.limit}"
        address = f"{call.origin}{PREFIX}/jobs?before={following}{limit}{chosen}"
    return Reply(JobList.model_construct(jobs=[_shape(one) for one in found], next=address))


def one_job(call: Call) -> Reply:
    """Answer one job."""
    return Reply(_shape(listing.job(call.archive, call.number("number"))))


def _shape(one: JobReport) -> JobShape:
    return JobShape.model_construct(**{name: getattr(one, name) for name in JobShape.model_fields})


OPERATIONS = (
    Operation(
        "listJobs",
        "GET",
        "/jobs",
        "List jobs, newest first",
        Audience.STAFF,
        list_jobs,
        JobList,
        query=WantedJobs,
    ),
    Operation(
        "readJob", "GET", "/jobs/{number}", "Read one job", Audience.STAFF, one_job, JobShape
    ),
)
