"""Facts to decide about, for the tables and for Hypothesis."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from dam.rights.facts import (
    Audience,
    Cap,
    Ceiling,
    Embargo,
    Facts,
    Hold,
    Publication,
    Purpose,
    RecordedStatement,
    Sensitivity,
    Showing,
    Step,
    Withdrawal,
)
from dam.rights.policy import Policy
from dam.rights.statements import normalise, statements

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
POLICY = Policy(timezone=UTC)
READING_ROOM = Policy(timezone=UTC, researcher_step=Step.ZOOM)

SHOWING = Showing("Leyla Aliyeva", date(2026, 6, 1), date(2027, 6, 1), "R-4")
EMBARGO = Embargo(date(2027, 3, 1), "R-7")
UNREVIEWED = Sensitivity(("grief", "minor"), None, "R-5")
REVIEWED = Sensitivity(("grief",), "Leyla Aliyeva", "R-5")
WITHDRAWAL = Withdrawal("R-9", "Leyla Aliyeva", NOON, "the family asked")


def recorded(short: str) -> RecordedStatement:
    return RecordedStatement(normalise(short), "R-1")


def published(short: str | None = None, **more: object) -> Facts:
    if short:
        more["statement"] = recorded(short)
    return Facts(Publication.PUBLISHED, **more)


ZONES = ("UTC", "Asia/Baku", "America/Sao_Paulo", "America/Havana", "Pacific/Apia", "Europe/Berlin")

days = st.dates(date(1990, 1, 1), date(2037, 12, 31))
records = st.integers(1, 99).map("R-{}".format)
moments = st.integers(
    int(datetime(1990, 1, 2, tzinfo=UTC).timestamp()),
    int(datetime(2037, 12, 30, tzinfo=UTC).timestamp()),
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
policies = st.builds(
    Policy,
    timezone=st.sampled_from(ZONES).map(ZoneInfo),
    cap_pixels=st.integers(1000, 4000),
    thumbnail_pixels=st.integers(1, 1000),
    showing_step=st.sampled_from([Step.THUMBNAIL, Step.CAPPED, Step.ZOOM, Step.DOWNLOAD]),
    researcher_step=st.sampled_from(list(Step)),
)
recorded_statements = st.builds(
    RecordedStatement,
    st.sampled_from([statement.uri for statement in statements()]) | st.just("not a uri"),
    records,
)
ceilings = st.builds(Ceiling, st.sampled_from(list(Step)), records)
caps = st.builds(Cap, st.integers(1, 5000), records)
embargoes = st.builds(Embargo, days, records, st.sampled_from(list(Hold)))
sensitivities = st.builds(
    Sensitivity,
    st.lists(st.sampled_from(["grief", "minor"]), max_size=2).map(tuple),
    st.sampled_from([None, "", "Leyla"]),
    records,
)
withdrawals = st.builds(Withdrawal, records, st.just("Leyla"), moments, st.just("asked"))
showings = st.builds(Showing, st.sampled_from(["Leyla", " "]), days, days, records)
facts = st.builds(
    Facts,
    publication=st.sampled_from(list(Publication)),
    statement=st.none() | recorded_statements,
    showing=st.none() | showings,
    ceiling=st.none() | ceilings,
    cap=st.none() | caps,
    embargo=st.none() | embargoes,
    sensitivity=st.none() | sensitivities,
    withdrawal=st.none() | st.none() | withdrawals,
    credit=st.sampled_from(["", "Photo: A"]),
    people_shown=st.booleans(),
)
audiences = st.sampled_from(list(Audience))
purposes = st.sampled_from(list(Purpose))
