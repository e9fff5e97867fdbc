"""The running service keeps the contract of its document, whatever is sent (schemathesis)."""

import hashlib
import warnings

import pytest
from browsers import KEY
from hypothesis import HealthCheck, Phase, given, seed, settings
from programs import program

from dam.rights.facts import Audience
from dam.web.api.operation import PREFIX, Body
from dam.web.api.operations import OPERATIONS
from dam.web.application import create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of what schemathesis itself imports
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        negative_data_rejection,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
FEW = {Audience.PUBLIC: 1, Audience.STAFF: 1, Audience.ADMINISTRATOR: 5}
MANY = 100


@pytest.fixture(scope="module")
def application(exhibition):
    return create_app(exhibition.archive, KEY)


@pytest.fixture(scope="module")
def contract(application):
    return schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", application)


@pytest.fixture(scope="module")
def headers(exhibition, application):
    """What each role sends beside its request."""
    return {role: program(exhibition.archive, application, role).headers for role in FEW}


def keep(contract, headers, operation, role: Audience, most: int) -> None:
    """Ask one operation what its document allows, and what it does not."""
    described = contract[PREFIX + operation.path][operation.method]
    # Any bytes are a file or lines; what is wrong with them is said of the lines, or the file.
    free = operation.body in {Body.FILE, Body.LINES}
    checks = [check for check in CHECKS if not free or check is not negative_data_rejection]
    number = int(hashlib.sha256(operation.name.encode()).hexdigest()[:8], 16)
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        cases = described.as_strategy(generation_mode=mode)

        @seed(number)
        @settings(
            max_examples=most,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def ask(case) -> None:
            case.call_and_validate(headers=headers[role], checks=checks)

        ask()


@pytest.mark.parametrize("role", FEW, ids=lambda role: role.name.lower())
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_the_service_keeps_its_contract(contract, headers, operation, role):
    keep(contract, headers, operation, role, FEW[role])


@pytest.mark.large
@pytest.mark.timeout(0)
@pytest.mark.parametrize("role", FEW, ids=lambda role: role.name.lower())
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_the_service_keeps_its_contract_at_length(contract, headers, operation, role):
    keep(contract, headers, operation, role, MANY)
