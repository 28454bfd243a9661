"""As whom a Prometheus is asked."""

from pathlib import Path

import pytest

from cli.errors import UsageError
from cli.grafana.address import Credentials
from cli.prometheus.access import Access, headers

HERE = "http://prometheus.example.com:9090"
TOKEN = {"PROMETHEUS_TOKEN": "s3cret"}
USER = {"PROMETHEUS_USER": "me", "PROMETHEUS_PASSWORD": "pass"}


@pytest.mark.parametrize(
    ("environment", "sent"),
    [
        ({"PROMETHEUS_URL": HERE, **TOKEN}, {"Authorization": "Bearer s3cret"}),
        ({"PROMETHEUS_URL": f"{HERE}/", **TOKEN, **USER}, {"Authorization": "Bearer s3cret"}),
        ({"PROMETHEUS_URL": HERE, **USER}, {"Authorization": "Basic bWU6cGFzcw=="}),
        ({"PROMETHEUS_URL": "http://elsewhere:9090", **TOKEN, **USER}, {}),
        ({"PROMETHEUS_URL": f"{HERE}/tenant", **TOKEN}, {}),
        ({"PROMETHEUS_URL": "", **TOKEN}, {}),
        ({**TOKEN, **USER}, {}),
    ],
)
def test_what_the_environment_keeps_goes_to_the_prometheus_that_it_names_and_to_no_other(
    environment: dict[str, str], sent: dict[str, str]
) -> None:
    assert Access().sent(HERE, environment) == sent
    assert Access().where(HERE, environment).address.credentials.authorization == sent


def test_a_flag_beats_the_environment() -> None:
    access = Access(Credentials(token="said"), {"X-Scope-OrgID": "a"})  # noqa: S106 - no secret
    environment = {"PROMETHEUS_URL": HERE, **TOKEN}

    assert access.sent(HERE, environment) == {"Authorization": "Bearer said", "X-Scope-OrgID": "a"}


def test_a_password_in_the_url_is_taken_where_nobody_says_another() -> None:
    where = Access().where("http://me:pass@prometheus.example.com:9090", {})

    assert where.address.credentials.authorization == {"Authorization": "Basic bWU6cGFzcw=="}
    assert "pass" not in where.name + repr(where)


@pytest.mark.parametrize(
    "said", ["X-Scope-OrgID", ": a", "X-Scope-OrgID:", "X Scope: a", "Ä: a", "X: ä", "X: a\r\nY: b"]
)
def test_what_is_no_header_is_refused_and_not_repeated(said: str) -> None:
    with pytest.raises(UsageError, match=r"^--header: a header is a name, a colon and a value") as error:
        headers([said])

    assert error.value.fix == '--header "X-Scope-OrgID: a"'


def test_headers_are_names_and_values_without_the_blanks_around() -> None:
    assert headers(["X-Scope-OrgID:a", " X-Url :  http://a "]) == {"X-Scope-OrgID": "a", "X-Url": "http://a"}


def test_certificates_that_are_not_there_or_are_none_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "ca.pem"
    broken.write_text("no certificate\n")

    with pytest.raises(UsageError, match=r"^--ca: there is no file gone\.pem$"):
        Access(ca="gone.pem")
    with pytest.raises(UsageError, match=r"no certificates can be read from it$"):
        Access(ca=str(broken)).context()
    assert Access().context() is None
