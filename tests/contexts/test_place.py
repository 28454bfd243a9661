"""Which Grafana is meant: flags beat a context, a context beats the environment, no credential changes its host."""

from pathlib import Path

import pytest

from cli.commands._place import NoGrafana, Place, Said, place
from cli.commands._who import Who, place_of
from cli.contexts import Contexts
from cli.errors import UsageError
from tests.contexts.conftest import Written

HUSH = "s3cr3t"
TEXT = """
[contexts.production]
url = "https://grafana.example.com/graf"
token = {env = "PRODUCTION"}
organisation = 7
folder = "Team/Service"
protected = true
jobs = 3
api = "legacy"
proxy = "http://proxy.example.com:3128"
datasources = {prometheus = "prom"}

[contexts.staging]
url = "http://staging.example.com:3000"

[contexts.ci]
url = "http://ci.example.com"
user = "ci"
password = {env = "CI"}
"""
ELSEWHERE = "https://elsewhere.example.com"
NOBODY: Who = {
    "context": None,
    "url": None,
    "token": None,
    "token_file": None,
    "user": None,
    "password_file": None,
    "org": None,
    "api": None,
}


@pytest.fixture
def known(written: Written) -> Contexts:
    """Production, staging, and one with a user."""
    return written(TEXT)


@pytest.fixture
def with_default(written: Written) -> Contexts:
    """The same, and production is meant where nothing is said."""
    return written(f'default_context = "production"\n{TEXT}')


def _token(found: Place) -> str:
    return found.address.credentials.token


def test_a_context_says_all(known: Contexts) -> None:
    found = place(Said(context="production"), known, {"PRODUCTION": HUSH})

    assert found.address.url == "https://grafana.example.com/graf"
    assert _token(found) == HUSH
    assert (found.address.organisation, found.address.proxy) == (7, "http://proxy.example.com:3128")
    assert (found.name, found.below, found.protected) == ("production", "Team/Service", True)
    assert (found.jobs, found.api, found.datasources) == (3, "legacy", {"prometheus": "prom"})
    assert HUSH not in repr(found)


def test_a_user_of_a_context(known: Contexts) -> None:
    found = place(Said(context="ci"), known, {"CI": HUSH}).address.credentials

    assert (found.user, found.password) == ("ci", HUSH)


def test_without_a_context_all_is_as_it_was(known: Contexts) -> None:
    found = place(Said(), known, {"GRAFANA_URL": ELSEWHERE, "GRAFANA_TOKEN": HUSH, "GRAFANA_ORG_ID": "3"})

    assert found == Place(address=found.address)
    assert (found.address.url, _token(found), found.address.organisation) == (ELSEWHERE, HUSH, 3)


def test_the_flag_then_the_variable_then_the_default(with_default: Contexts) -> None:
    environment = {"PRODUCTION": HUSH, "GRAFANA_URL": ELSEWHERE, "GRAFANA_ORG_ID": "3"}

    assert place(Said(), with_default, environment).name == "production"
    assert place(Said(), with_default, {**environment, "DASH_CONTEXT": "staging"}).name == "staging"
    assert (
        place(Said(context="production"), with_default, {**environment, "DASH_CONTEXT": "staging"}).name == "production"
    )


@pytest.mark.parametrize(
    ("said", "environment", "where"),
    [
        (Said(context="stagin"), {}, "--context"),
        (Said(), {"DASH_CONTEXT": "stagin"}, "DASH_CONTEXT"),
    ],
)
def test_a_context_that_there_is_not(known: Contexts, said: Said, environment: dict[str, str], where: str) -> None:
    with pytest.raises(UsageError) as caught:
        place(said, known, environment)

    assert str(caught.value).startswith(f"{where}: there is no context 'stagin'\n  try: did you mean 'staging'?")


def test_flags_beat_the_context(known: Contexts) -> None:
    said = Said(context="production", token=lambda: "mine", organisation=9, api="apis")
    found = place(said, known, {})

    assert (_token(found), found.address.organisation, found.api) == ("mine", 9, "apis")
    assert found.below == "Team/Service"


def test_a_password_flag_is_for_the_user_of_the_context(known: Contexts) -> None:
    found = place(Said(context="ci", password=lambda: HUSH), known, {}).address.credentials

    assert (found.user, found.password) == ("ci", HUSH)


def test_the_secret_of_a_context_is_not_asked_for_where_a_flag_tells_who(known: Contexts) -> None:
    assert _token(place(Said(context="production", token=lambda: "mine"), known, {})) == "mine"


def test_a_context_and_a_url_that_name_the_same_grafana(known: Contexts) -> None:
    said = Said(context="production", url="https://GRAFANA.example.com:443/graf/")

    assert _token(place(said, known, {"PRODUCTION": HUSH})) == HUSH


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example.com/graf",
        "http://grafana.example.com/graf",
        "http://grafana.example.com:443/graf",
        "https://grafana.example.com:8443/graf",
        "https://grafana.example.com",
    ],
)
def test_a_context_and_a_url_that_name_two(known: Contexts, url: str) -> None:
    with pytest.raises(UsageError) as caught:
        place(Said(context="production", url=url, token=lambda: "mine"), known, {"PRODUCTION": HUSH})

    assert "its credentials go nowhere else" in caught.value.what
    assert caught.value.where == "dash.toml:2"


@pytest.mark.parametrize("environment", [{}, {"DASH_CONTEXT": "staging"}])
def test_a_url_beats_a_context_that_no_flag_names(with_default: Contexts, environment: dict[str, str]) -> None:
    found = place(Said(url=ELSEWHERE), with_default, {**environment, "PRODUCTION": HUSH})

    assert found == Place(address=found.address)
    assert found.address.url == ELSEWHERE
    assert not found.address.credentials.kind


def test_a_url_of_the_default_context_is_that_context(with_default: Contexts) -> None:
    found = place(Said(url="https://grafana.example.com/graf"), with_default, {"PRODUCTION": HUSH})

    assert (found.name, _token(found)) == ("production", HUSH)


def test_credentials_in_a_url_beat_those_of_its_context(with_default: Contexts) -> None:
    found = place(Said(url="https://ann:pw@grafana.example.com/graf"), with_default, {"PRODUCTION": HUSH})

    assert found.address.credentials.user == "ann"


def test_the_environments_token_serves_a_context_that_has_none(known: Contexts) -> None:
    staging = "http://staging.example.com:3000/"

    assert _token(place(Said(context="staging"), known, {"GRAFANA_TOKEN": HUSH})) == HUSH
    assert _token(place(Said(context="staging"), known, {"GRAFANA_TOKEN": HUSH, "GRAFANA_URL": staging})) == HUSH


@pytest.mark.parametrize("secret", ["GRAFANA_TOKEN", "GRAFANA_PASSWORD"])
@pytest.mark.parametrize("said", [Said(context="staging"), Said(url=ELSEWHERE), Said(url=ELSEWHERE, user="ann")])
def test_the_environments_credentials_stay_with_its_url(known: Contexts, said: Said, secret: str) -> None:
    environment = {"GRAFANA_URL": "https://mine.example.com", "GRAFANA_USER": "ann", secret: HUSH}

    with pytest.raises(UsageError) as caught:
        place(said, known, environment)

    alone = "no password for --user ann"
    why = alone if said.user else "the environment's credentials are for the Grafana of GRAFANA_URL"
    assert why in caught.value.what
    assert HUSH not in str(caught.value)


def test_the_environments_organisation_stays_with_its_url_too(known: Contexts) -> None:
    environment = {"GRAFANA_URL": "https://mine.example.com", "GRAFANA_ORG_ID": "3"}

    assert place(Said(url=ELSEWHERE), known, environment).address.organisation == 0
    assert place(Said(url="https://mine.example.com"), known, environment).address.organisation == 3


@pytest.mark.parametrize("number", ["x", "0", "-1", "1.5", "٣"])
def test_an_organisation_is_a_number(known: Contexts, number: str) -> None:
    with pytest.raises(UsageError, match="GRAFANA_ORG_ID"):
        place(Said(url=ELSEWHERE), known, {"GRAFANA_ORG_ID": number})


def test_a_url_that_is_none_in_the_environment_is_nobodys(known: Contexts) -> None:
    assert not place(Said(url=ELSEWHERE), known, {"GRAFANA_URL": "what?"}).address.credentials.kind


def test_a_protected_grafana_is_protected_however_it_is_named(known: Contexts) -> None:
    url = "https://grafana.example.com/graf"

    for said, environment in (
        (Said(url=url), {}),
        (Said(), {"GRAFANA_URL": f"{url}/"}),
        (Said(url=url, organisation=7), {}),
    ):
        found = place(said, known, environment)
        assert (found.protected, found.name, found.below) == (True, "production", "")
    assert not place(Said(url=url, organisation=8), known, {}).protected
    assert not place(Said(url=ELSEWHERE), known, {}).protected


def test_a_context_that_is_named_says_itself_whether_it_is_protected(written: Written) -> None:
    known = written(f'{TEXT}\n[contexts.sandbox]\nurl = "https://grafana.example.com/graf"\n')

    assert not place(Said(context="sandbox"), known, {}).protected


def test_no_grafana_at_all() -> None:
    with pytest.raises(NoGrafana, match="no Grafana is named"):
        place(Said(), Contexts(), {"GRAFANA_TOKEN": HUSH})


@pytest.mark.parametrize("setting", ["ca", "certificate"])
def test_a_file_of_a_context_that_is_not_there(written: Written, tmp_path: Path, setting: str) -> None:
    known = written(f'[contexts.a]\nurl = "http://x"\n{setting} = "a.pem"\n')

    with pytest.raises(UsageError, match=f"{setting}: there is no file {tmp_path}/a.pem"):
        place(Said(context="a"), known, {})
    (tmp_path / "a.pem").touch()
    assert getattr(place(Said(context="a"), known, {}).address, setting) == str(tmp_path / "a.pem")


def test_the_options_of_a_command(known: Contexts, monkeypatch: pytest.MonkeyPatch) -> None:
    del known
    monkeypatch.setenv("PRODUCTION", HUSH)
    found = place_of({**NOBODY, "context": "production", "org": 9, "api": "apis"})

    assert (found.name, found.address.organisation, found.api, _token(found)) == ("production", 9, "apis", HUSH)
