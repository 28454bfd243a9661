"""What is asked again, and what is not: nothing that may have happened is told twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from threading import Event, Thread

import pytest

from cli.errors import RemoteError, Unreachable
from cli.grafana import wire
from cli.grafana.address import Address
from cli.grafana.failure import LostAnswer, NeverSent
from cli.grafana.patience import Patience
from cli.grafana.wire import Wire
from tests.grafana.conftest import at
from tests.push.odd_server import answer, odd_server
from tests.stand_in import StandIn

PATH = "/api/health"
SAVE = "/api/dashboards/db"
PAGE = {"dashboard": {"uid": "p", "title": "P", "panels": []}, "folderUid": "", "overwrite": False}
HUSH = "glsa_s3cr3t"
NOW = 1_700_000_000.0


@dataclass
class Watch:
    """A clock that stands still, and the waits that were asked for."""

    waits: list[float] = field(default_factory=list)

    @property
    def patience(self) -> Patience:
        """Waits are written down instead of waited, each as long as it may be."""
        return Patience(sleep=lambda _, wait: self.waits.append(wait), random=lambda: 1.0, clock=lambda: NOW)


@pytest.fixture
def watch() -> Watch:
    """The waits of this test."""
    return Watch()


@pytest.fixture
def server() -> Iterator[StandIn]:
    """A Grafana."""
    with StandIn() as one:
        yield one


def _count(server: StandIn, verb: str) -> int:
    return sum(one.method == verb for one in server.requests)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_question_is_asked_again(server: StandIn, watch: Watch, status: int) -> None:
    server.faults.add("GET", PATH, times=3, status=status)
    with Wire(at(server), 1, watch.patience) as grafana:
        said = grafana.get(PATH)

    assert said.status == 200
    assert _count(server, "GET") == 4
    assert watch.waits == [0.5, 1.0, 2.0]


def test_a_question_is_asked_again_until_patience_ends(server: StandIn, watch: Watch) -> None:
    server.faults.add("GET", PATH, times=9, status=503)
    with Wire(at(server), 1, watch.patience) as grafana:
        said = grafana.get(PATH)

    assert said.status == 503
    assert _count(server, "GET") == 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 422, 500, 501])
def test_an_answer_that_would_be_the_same_is_not_asked_for_again(server: StandIn, watch: Watch, status: int) -> None:
    server.faults.add("GET", PATH, status=status)
    with Wire(at(server), 1, watch.patience) as grafana:
        said = grafana.get(PATH)

    assert (said.status, watch.waits) == (status, [])


def test_a_question_whose_answer_does_not_come_is_asked_again(server: StandIn, watch: Watch) -> None:
    server.faults.add("GET", PATH, times=2, drop=True)
    with Wire(at(server), 1, watch.patience) as grafana:
        assert grafana.get(PATH).status == 200

    assert _count(server, "GET") == 3


def test_a_question_whose_answer_is_late_is_asked_again(
    server: StandIn, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "READ", 0.2)
    server.faults.add("GET", PATH, delay=0.6)
    with Wire(at(server), 1, watch.patience) as grafana:
        assert grafana.get(PATH).status == 200

    assert len(watch.waits) == 1


@pytest.mark.parametrize("half", [answer(b'{"a": [1', length=99), answer(b'{"a": [1')], ids=["cut", "no json"])
def test_half_an_answer_is_asked_for_again(watch: Watch, half: bytes) -> None:
    answers = [half, answer(b'{"a": [1]}')]
    with odd_server(lambda _: answers.pop(0)) as url, StandIn() as other:
        where = at(other)
        host, _, port = url.removeprefix("http://").partition(":")
        with Wire(_replace(where, host, int(port)), 1, watch.patience) as grafana:
            assert grafana.get(PATH).fields == {"a": [1]}

    assert len(watch.waits) == 1


def test_a_login_page_is_not_asked_for_again(server: StandIn, watch: Watch) -> None:
    server.faults.add("GET", PATH, status=200, body="<html>")
    with Wire(at(server), 1, watch.patience) as grafana:
        assert grafana.get(PATH).is_page

    assert not watch.waits


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_what_may_have_happened_is_not_told_twice(server: StandIn, watch: Watch, verb: str, status: int) -> None:
    server.faults.add(verb, SAVE, status=status)
    with Wire(at(server), 1, watch.patience) as grafana:
        told = {"POST": grafana.post, "PUT": grafana.put, "PATCH": grafana.patch, "DELETE": grafana.delete}
        assert told[verb](SAVE, PAGE).status == status

    assert _count(server, verb) == 1
    assert not watch.waits


@pytest.mark.parametrize("applied", [True, False])
def test_a_lost_answer_to_a_save_is_for_the_caller_to_look_after(
    server: StandIn, watch: Watch, *, applied: bool
) -> None:
    server.faults.add("POST", SAVE, drop=True, applied=applied)
    with Wire(at(server), 1, watch.patience) as grafana, pytest.raises(LostAnswer):
        grafana.post(SAVE, PAGE)

    assert _count(server, "POST") == 1
    assert (server.page("p") is not None) == applied


def test_what_was_refused_for_now_is_told_again(server: StandIn, watch: Watch) -> None:
    server.faults.add("POST", SAVE, times=2, status=429, headers={"Retry-After": "3"})
    with Wire(at(server), 1, watch.patience) as grafana:
        assert grafana.post(SAVE, PAGE).status == 200

    assert watch.waits == [3.5, 3.5]


def test_the_wait_is_as_long_as_grafana_says_also_with_a_date(server: StandIn, watch: Watch) -> None:
    server.faults.add("GET", PATH, status=503, headers={"Retry-After": formatdate(NOW + 4, usegmt=True)})
    with Wire(at(server), 1, watch.patience) as grafana:
        grafana.get(PATH)

    assert watch.waits == [4.5]


@pytest.mark.parametrize("verb", ["GET", "POST", "DELETE"])
def test_what_nobody_heard_is_told_again(watch: Watch, verb: str) -> None:
    with StandIn() as gone:
        where = at(gone)
    with Wire(where, 1, watch.patience) as grafana:
        told = {"GET": lambda: grafana.get(PATH), "POST": lambda: grafana.post(SAVE, PAGE)}
        told["DELETE"] = lambda: grafana.delete(PATH)
        with pytest.raises(NeverSent, match="no Grafana answers"):
            told[verb]()

    assert len(watch.waits) == 3


def test_giving_up_ends_every_wait_and_every_further_try(server: StandIn) -> None:
    """As with Ctrl-C: the wait is an hour long, and the test is not."""
    server.faults.add("GET", PATH, times=9, status=503, headers={"Retry-After": "3600"})
    waiting = Event()

    def sleep(over: Event, wait: float) -> None:
        waiting.set()
        over.wait(wait)

    said: list[int] = []
    with Wire(at(server), 1, Patience(sleep=sleep, longest_wait=3600)) as grafana:
        thread = Thread(target=lambda: said.append(grafana.get(PATH).status))
        thread.start()
        assert waiting.wait(30)
        grafana.give_up()
        thread.join(30)

    assert said == [503]
    assert _count(server, "GET") == 1


def test_a_wire_that_is_closed_gives_up(server: StandIn, watch: Watch) -> None:
    server.faults.add("GET", PATH, times=9, drop=True)
    with Wire(at(server), 1, watch.patience) as grafana:
        pass
    with pytest.raises(Unreachable):
        grafana.get(PATH)

    assert not watch.waits


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_redirect_is_an_answer_and_is_not_followed(server: StandIn, verb: str, status: int) -> None:
    with StandIn() as other:
        server.faults.add(verb, ".", status=status, headers={"Location": f"{other.url}/api/health"})
        with Wire(at(server), 1) as grafana:
            said = grafana.get(PATH) if verb == "GET" else grafana.post(SAVE, PAGE)

        assert said.status == status
        assert not other.requests


def test_no_failure_knows_the_token(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "READ", 0.2)
    server.faults.add("POST", SAVE, drop=True)
    where = at(server, token=HUSH)
    with Wire(where, 1) as grafana, pytest.raises(RemoteError) as ended:
        grafana.post(SAVE, PAGE)

    assert HUSH not in repr(ended.value) + str(ended.value) + repr(where)


def _replace(where: Address, host: str, port: int) -> Address:
    return replace(where, host=host, port=port)
