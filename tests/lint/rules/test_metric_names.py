"""PQL100: which names are surely the ones that a catalog knows, mistyped, and which are other metrics."""

import pytest

from cli.lint.finding import Severity
from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from tests.lint.rules.found import found

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("http_request_duration_secnds_count", "http_request_duration_seconds_count", ERROR),
        ("checkout_payments_refused_by_bank", "checkout_payments_refused_by_bank_total", ERROR),
        ("http_server_request_duration_seconds_count", "http_request_duration_seconds_count", WARNING),
        ("flask_http_request_duration_seconds_count", "http_request_duration_seconds_count", WARNING),
        ("llm_requests_total", "ml_requests_total", WARNING),
        ("http_request_duration_p95", "http_request_duration_p99", WARNING),
        ("burn_rate:checkout:availability:5m", "burn_rate:checkout:availability:1h", WARNING),
        ("http_request_duration_ms_bucket", "http_request_duration_s_bucket", WARNING),
    ],
)
def test_a_name_with_another_word_is_another_metric(name: str, known: str, expected: Severity) -> None:
    (finding,) = found("PQL100", name, Catalogs((Catalog("a", (Exposed(known, "gauge"), Exposed("b", "gauge"))),)))
    assert finding.severity == expected
