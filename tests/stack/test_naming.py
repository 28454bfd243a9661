"""Every name that a person may choose becomes one that Kubernetes and Grafana take, and two stay two."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from cli.stack.naming import dns_name, label_value, uid

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
DNS = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
LABEL = r"([a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?)?"


@settings(deadline=None)
@given(NAMES)
def test_every_name_is_taken(name: str) -> None:
    assert re.fullmatch(DNS, dns_name(name))
    assert re.fullmatch(LABEL, label_value(name))
    assert re.fullmatch("[a-zA-Z0-9_-]{1,40}", uid(name))


@settings(deadline=None)
@given(NAMES, NAMES)
def test_two_names_stay_two(one: str, other: str) -> None:
    for made in (dns_name, label_value, uid):
        assert (made(one) == made(other)) is (one == other)


def test_a_name_that_is_taken_stays_as_it_is() -> None:
    assert dns_name("shop", "ai-api") == "shop-ai-api"
    assert label_value("Model_server.1") == "Model_server.1"
    assert uid("dash", "On_call") == "dash-On_call"


def test_what_is_too_long_is_cut_to_what_fits() -> None:
    for made, longest in ((dns_name, 63), (label_value, 63), (uid, 40)):
        assert made("x" * longest) == "x" * longest
        assert len(made("x" * (longest + 1))) == longest
    assert re.fullmatch("x{31}-[0-9a-f]{8}", uid("x" * 41))


def test_what_is_like_it_stays_readable() -> None:
    assert re.fullmatch("shop-a-b-[0-9a-f]{8}", dns_name("shop", "A_b"))
    assert re.fullmatch("my-job-[0-9a-f]{8}", label_value("my job"))
    assert re.fullmatch("x-[0-9a-f]{8}", dns_name("€"))
