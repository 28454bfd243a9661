"""A variable offers what the page's numbers count, and nothing else."""

import pytest

from panels import Dashboard, label_variable, row, stat
from panels.grafana import to_grafana
from queries import REQUESTS, Counter, Mistake, other_than, rate

REQUESTS_TOTAL = Counter("requests_total", "Requests.", REQUESTS, ["handler"])


def test_a_variable_can_leave_out_what_the_numbers_leave_out() -> None:
    handlers = label_variable(REQUESTS_TOTAL, "handler", where={"handler": other_than("/metrics")})
    page = Dashboard(
        uid="page", title="Page", variables=[handlers], rows=[row("How many?", stat("Requests", rate(REQUESTS_TOTAL)))]
    )

    asked = [one["definition"] for one in to_grafana(page)["templating"]["list"] if one["type"] == "query"]
    assert asked == ['label_values(requests_total{handler!="/metrics"}, handler)']


def test_a_variable_is_not_narrowed_by_a_label_that_the_metric_lacks() -> None:
    with pytest.raises(Mistake, match="requests_total has no label 'hander'"):
        label_variable(REQUESTS_TOTAL, "handler", where={"hander": "/"})
