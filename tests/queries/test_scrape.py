"""How a role is scraped: what cannot be meant is a mistake, at the line of whoever wrote it."""

from typing import Any

import pytest

from queries import Mistake, Role, Scrape

API = Role("shop", "api", job="shop-api")


def test_a_scrape_says_where_and_how_often() -> None:
    scrape = Scrape(API, ["api:8000", "[::1]:8000"], interval="60s", labels={"zone": "a"})

    assert (scrape.targets, scrape.interval, scrape.path) == (("api:8000", "[::1]:8000"), "1m", "/metrics")
    assert scrape.source.path == __file__
    assert Scrape(API, ["api:8000"]).interval == "15s"


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"role": "api"}, "'api' is no role"),
        ({"targets": "api:8000"}, "its targets are one text"),
        ({"targets": []}, "it has no targets"),
        ({"targets": ["api"]}, "a target that is no host:port"),
        ({"targets": ["http://api:8000"]}, "a target that is no host:port"),
        ({"targets": ["api:8000/metrics"]}, "a target that is no host:port"),
        ({"targets": ["api:70000"]}, "a target that is no host:port"),
        ({"targets": [8000]}, "a target that is no host:port"),
        ({"targets": ["a:1", "a:1"]}, "a target stands there twice"),
        ({"targets": ["a:1", "a:2"], "strips_port": True}, "two targets of one host would be one instance"),
        ({"interval": "often"}, "'often' is no duration"),
        ({"path": "metrics"}, "the path 'metrics'"),
        ({"path": "/metrics?all"}, "the path '/metrics?all'"),
        ({"scheme": "ftp"}, "the scheme 'ftp'"),
        ({"labels": {"a-b": "x"}}, "the label a-b='x'"),
        ({"labels": {"__address__": "x"}}, "the label __address__='x'"),
        ({"labels": {"a": 1}}, "the label a=1"),
        ({"labels": {"job": "x"}}, "the label 'job' is Prometheus' own"),
    ],
)
def test_what_cannot_be_meant_is_a_mistake(said: dict[str, Any], what: str) -> None:
    with pytest.raises(Mistake) as mistake:
        Scrape(**{"role": API, "targets": ["api:8000"], **said})

    assert what in mistake.value.what
    assert mistake.value.fix
    assert mistake.value.where.path == __file__


def test_a_password_in_a_target_is_not_repeated() -> None:
    with pytest.raises(Mistake) as mistake:
        Scrape(API, ["user:hunter2@api:8000"])

    assert "hunter2" not in str(mistake.value)
