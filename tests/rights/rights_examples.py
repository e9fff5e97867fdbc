"""Facts to decide about, for the tables and for Hypothesis."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from dam.rights.agreements import (
    Agreement,
    AgreementKind,
    Covering,
    Direction,
    Medium,
    Scope,
    UsePurpose,
)
from dam.rights.facts import (
    Audience,
    Cap,
    Ceiling,
    Embargo,
    Facts,
    Hold,
    Layer,
    LegalException,
    OrphanSearch,
    Publication,
    Purpose,
    RecordedStatement,
    Release,
    Restriction,
    Sensitivity,
    Showing,
    Step,
    Withdrawal,
    WorkShown,
)
from dam.rights.layers import BOTH
from dam.rights.policy import Policy
from dam.rights.releases import ReleaseKind, ReleaseState
from dam.rights.restrictions import RestrictionKind, WordKind
from dam.rights.statements import normalise, statements

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
POLICY = Policy(timezone=UTC)
READING_ROOM = Policy(timezone=UTC, researcher_step=Step.ZOOM)

SHOWING = Showing("Leyla Aliyeva", date(2026, 6, 1), date(2027, 6, 1), "R-4")
EMBARGO = Embargo(date(2027, 3, 1), "R-7")
UNREVIEWED = Sensitivity(("grief", "minor"), None, "R-5")
REVIEWED = Sensitivity(("grief",), "Leyla Aliyeva", "R-5")
WITHDRAWAL = Withdrawal("R-9", "Leyla Aliyeva", NOON, "the family asked")


WORLD_ONLINE = Scope(("world",), (Medium.ONLINE, Medium.EMBEDDING), (UsePurpose.DISPLAY,))
CONSENT = Release(
    ReleaseKind.MODEL,
    "Nino Beridze",
    ReleaseState.SIGNED,
    "R-15",
    (UsePurpose.ANY,),
    is_ground=True,
)
COURT_ORDER = Restriction(
    RestrictionKind.COURT, Step.RECORD, "R-16", end=date(2020, 1, 1), authority="Baku City Court"
)


def agreement(number: int = 12, scope: Scope = WORLD_ONLINE, **more: object) -> Agreement:
    """A signed licence to the archive for showing everything to everybody, for ever."""
    said = {
        "direction": Direction.IN,
        "kind": AgreementKind.LICENCE,
        "licensor": "Studio Aliyev",
        "licensee": "The archive",
        "signed": date(2025, 3, 1),
        "perpetual": "end" not in more,
    }
    return Agreement(number=number, scope=scope, **(said | more))


def covering(*layers: Layer, **more: object) -> tuple[Covering, ...]:
    return (Covering(agreement(**more), layers or BOTH),)


def given_away(**more: object) -> tuple[Covering, ...]:
    """An exclusive agreement that the archive gave to a museum."""
    said = {"direction": Direction.OUT, "licensee": "City Museum", "exclusive": True, "number": 31}
    return covering(**(said | more))


def work(short: str | None = None, **more: object) -> WorkShown:
    known = RecordedStatement(normalise(short), "R-11") if short else None
    return WorkShown("R-11", "A poster", known, **more)


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
exceptions = st.builds(
    LegalException,
    st.sampled_from(["UrhG § 59", " "]),
    st.sampled_from(list(Layer)),
    records,
    st.none() | days,
)
scopes = st.builds(
    Scope,
    st.sampled_from([(), ("world",), ("JP",), ("world", "JP")]),
    st.lists(st.sampled_from(list(Medium)), max_size=3).map(tuple) | st.just(WORLD_ONLINE.media),
    st.lists(st.sampled_from(list(UsePurpose)), max_size=2).map(tuple),
)


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    end = draw(st.none() | days)
    start = draw(st.none() | days)
    if start is not None and end is not None and end < start:
        start, end = end, start
    return Agreement(
        number=draw(st.integers(1, 9)),
        direction=draw(st.sampled_from(list(Direction))),
        kind=draw(st.sampled_from(list(AgreementKind))),
        licensor="Studio Aliyev",
        licensee="City Museum",
        scope=draw(st.just(WORLD_ONLINE) | scopes),
        signed=draw(st.none() | days),
        start=start,
        end=end,
        perpetual=end is None,
        exclusive=draw(st.booleans()),
        largest_pixels=draw(st.none() | st.integers(1, 5000)),
        credit=draw(st.sampled_from(["", "Foto: Aliyev"])),
        void=draw(st.booleans()),
    )


coverings = st.builds(Covering, agreements(), st.sampled_from([BOTH, *[(one,) for one in Layer]]))
releases = st.builds(
    Release,
    st.sampled_from(list(ReleaseKind)),
    st.just("Nino Beridze"),
    st.sampled_from(list(ReleaseState)),
    records,
    st.lists(st.sampled_from(list(UsePurpose)), max_size=2).map(tuple),
    st.none() | days,
    st.booleans(),
    st.booleans(),
)
restrictions = st.builds(
    Restriction,
    st.sampled_from(list(RestrictionKind)),
    st.sampled_from(list(Step)),
    records,
    st.sampled_from(list(Audience)),
    st.none() | days,
    st.none() | days,
    st.just("Baku City Court"),
    st.none() | days,
    st.lists(st.sampled_from(list(WordKind)), max_size=2).map(tuple),
    st.sampled_from([(), ("Nino Beridze",)]),
)
works = st.builds(
    WorkShown,
    records,
    st.just("A poster"),
    st.none() | recorded_statements,
    st.none() | showings,
)
searches = st.builds(
    OrphanSearch, st.sampled_from(list(Layer)), records, st.sampled_from(["", "EU-1"]), days
)


def few(one: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(one, max_size=2).map(tuple)


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
    work=st.none() | works,
    exceptions=few(exceptions),
    agreements=few(coverings),
    releases=few(releases),
    restrictions=few(restrictions),
    searches=few(searches),
    credit=st.sampled_from(["", "Photo: A"]),
    people_shown=st.booleans(),
)
audiences = st.sampled_from(list(Audience))
purposes = st.sampled_from(list(Purpose))
