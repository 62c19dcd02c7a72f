"""Requests made from the service's own OpenAPI, good and malformed: no answer is a crash, each is one that
the document names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import hypothesis
import pytest
from hypothesis import HealthCheck

from tests.centre_process import CentreProcess, new_field

if TYPE_CHECKING:
    import schemathesis


@pytest.mark.slow
def test_every_answer_is_one_that_the_document_names(
    centre: CentreProcess, pytestconfig: pytest.Config
) -> None:
    """Its own loop over the operations: the plugin's does not get along with this pytest. Its library is
    loaded here and not by every process that collects tests.
    """
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

    examples = max(4, pytestconfig.getoption("--fuzz") // 50)
    token = centre.token(new_field())
    known = {"Authorization": f"Bearer {token}"}
    schema = schemathesis.openapi.from_url(centre.url + "/openapi.json", headers=known)
    checks = [not_a_server_error, status_code_conformance, response_schema_conformance]
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @hypothesis.settings(
            max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None
        )
        @hypothesis.given(
            case=operation.as_strategy()
            | operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
        )
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(headers=known, checks=checks)

        ask()
    assert asked > 10 * examples


def test_every_route_is_told_of_with_an_example_of_its_body(centre: CentreProcess) -> None:
    import httpx

    for closed in ("/openapi.json", "/docs", "/redoc", "/metrics"):
        assert httpx.get(centre.url + closed).status_code in (401, 404), closed
    with centre.client(centre.token(new_field())) as client:
        document = client.get("/openapi.json").json()
    assert {
        "/v1/batches",
        "/v1/entries/{entry_id}",
        "/v1/readings",
        "/v1/read/{name}",
        "/v1/documents/{sha256}",
        "/v1/files",
        "/v1/changes",
        "/v1/models",
        "/health",
        "/ready",
        "/metrics",
    } <= set(document["paths"])
    for path in ("/v1/batches", "/v1/readings"):
        assert document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"]
