"""A server that is started is stopped again, and says what it has against a query."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.prometheus.clock import NOW
from tests.prometheus.server import PROMETHEUS, WHY_NOT, NotStarted, Prometheus

pytestmark = [pytest.mark.prometheus, pytest.mark.skipif(PROMETHEUS is None, reason=WHY_NOT)]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Prometheus]:
    """A server without data."""
    with Prometheus(tmp_path / "data", tmp_path) as server:
        yield server


def test_what_is_wrong_with_a_query_is_said(empty: Prometheus) -> None:
    assert "parse error" in empty.query("sum(", NOW).talk[0]
    assert not empty.query("sum(x)", NOW).talk


def test_an_answer_is_a_number_for_each_set_of_labels(empty: Prometheus) -> None:
    assert empty.query('label_replace(vector(2), "a", "b", "", "")', NOW).values == {(("a", "b"),): 2}
    assert empty.query("time()", NOW).values == {(): NOW}


def test_the_process_ends_with_the_block(tmp_path: Path) -> None:
    with Prometheus(tmp_path / "data", tmp_path) as server:
        pid = server.pid
        os.kill(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(NotStarted):
        server.query("up", NOW)


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    with pytest.raises(NotStarted, match="data"), Prometheus(tmp_path / "data", tmp_path):
        pass
