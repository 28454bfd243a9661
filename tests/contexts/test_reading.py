"""What a context may say, and what is said to whoever writes something else."""

from pathlib import Path

import pytest

from cli.contexts import Context, Contexts, read
from cli.contexts.table import EXAMPLES
from cli.errors import UsageError
from tests.contexts.conftest import Written

HUSH = "glsa_s3cr3t"
URL = 'url = "https://grafana.example.com"\n'
PRODUCTION = f"[contexts.production]\n{URL}"


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert read(tmp_path) == Contexts()


def test_without_a_table_there_are_none(written: Written) -> None:
    assert written('project = "shop"\n') == Contexts()


def test_a_url_is_enough(written: Written) -> None:
    found = written(PRODUCTION)

    assert found.default == ""
    assert found.named == {
        "production": Context(name="production", where="dash.toml:1", url="https://grafana.example.com")
    }


def test_everything_that_a_context_can_say(written: Written, tmp_path: Path) -> None:
    settings = {key: line for key, line in EXAMPLES.items() if key not in ("token", "user", "password")}
    settings |= {"token": 'token = {env = "MINE"}'}
    found = written("\n".join(['default_context = "production"', "[contexts.production]", *settings.values()]))
    context = found.named["production"]

    assert found.default == "production"
    assert context.credentials({"MINE": "abc\n"}) is not None
    assert (context.organisation, context.folder, context.protected) == (2, "Team/Service", True)
    assert (context.proxy, context.api, context.jobs) == ("http://proxy.example.com:3128", "legacy", 4)
    assert context.datasources == {"prometheus": "the-uid"}
    assert context.ca == str(tmp_path / "company-ca.pem")
    assert context.certificate == str(tmp_path / "client.pem")
    assert context.key == str(tmp_path / "client.key")


def test_a_user_and_a_password(written: Written) -> None:
    context = written(f'{PRODUCTION}user = "ci"\npassword = {{env = "MINE"}}\n').named["production"]
    found = context.credentials({"MINE": " a b "})

    assert found is not None
    assert (found.user, found.password) == ("ci", " a b ")


def test_a_context_without_credentials_has_none(written: Written) -> None:
    assert written(PRODUCTION).named["production"].credentials({"GRAFANA_TOKEN": "abc"}) is None


def test_a_path_at_home_is_one_from_home(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")

    assert written(f'{PRODUCTION}ca = "~/ca.pem"').named["production"].ca == "/home/ann/ca.pem"


def test_a_folder_begins_at_the_root(written: Written) -> None:
    assert written(f'{PRODUCTION}folder = "/Team/Service/"').named["production"].folder == "Team/Service"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("contexts = 5", "contexts must be a table"),
        ("contexts = []", "contexts must be a table"),
        ("default_context = false", "default_context is False, which is no context"),
        ("[[contexts]]", "contexts must be a table"),
        ("contexts.production = 5", "contexts.production must be a table"),
        ('[contexts."a/b"]', "'a/b' is no name for a context"),
        ('default_context = "nobody"', "default_context is 'nobody', which is no context"),
        ("default_context = 5", "default_context is 5, which is no context"),
        ("[contexts.production]", "contexts.production has no url"),
    ],
)
def test_tables_that_cannot_be_meant(written: Written, line: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        written(f"\n{line}\n")

    assert caught.value.where == "dash.toml:2"
    assert words in caught.value.what
    assert caught.value.fix
    assert caught.value.exit == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tokne = 5", "unknown setting contexts.production.tokne"),
        ("organisation = 0", "organisation must be a number, 1 to"),
        ("organisation = true", "organisation must be a number"),
        ('organisation = "2"', "organisation must be a number"),
        ("folder = 5", "folder must be a text"),
        ('folder = "Team//Service"', "folder has a title that is empty"),
        ('folder = "a\\u001bb"', "folder must be a text"),
        (f'token = "{HUSH}"', "token is written for everybody to read: `dash` keeps no secrets"),
        (f'token = ["{HUSH}"]', "token is written for everybody to read"),
        ('token = {env = "A", file = "B"}', "token must say one place: env, file or command"),
        ("token = {}", "token must say one place"),
        ('token = {variable = "A"}', "token must say one place"),
        ("token = {env = 5}", "token must say one place"),
        ('token = {env = " "}', "token: env names nothing"),
        ('token = {env = "A\\u001b"}', "token: env names nothing"),
        ('token = {command = "a\\u0000"}', "token: command names nothing"),
        (f'token = {{env = "{HUSH}"}}', "token: what it names looks like the secret itself"),
        (f'token = {{command = "echo {HUSH}"}}', "token: what it names looks like the secret itself"),
        ('token = {command = "op \'read"}', "token: this is no command"),
        ("token = {command = \"''\"}", "token: this is no command"),
        ('token = {env = "A"}\nuser = "ci"', "says who asks in two ways"),
        ('user = "ci"', "has a user and no password"),
        ('password = {env = "A"}', "has a password and no user"),
        (f'password = "{HUSH}"\nuser = "ci"', "password is written for everybody to read"),
        ('protected = "yes"', "protected must be true or false"),
        ("ca = true", "ca must be a text"),
        ('key = "client.key"', "has a key and no certificate"),
        ('proxy = "proxy.example.com"', "proxy does not begin with http://"),
        (f'proxy = "http://ci:{HUSH}@proxy.example.com"', "proxy holds credentials"),
        ('api = "v2"', "api must be one of auto, legacy, apis"),
        ('api = ["legacy"]', "api must be one of"),
        ("jobs = 0", "jobs must be a number, 1 to 64"),
        ("jobs = 65", "jobs must be a number, 1 to 64"),
        ('datasources = "prom"', "datasources must be a table of texts"),
        ("datasources = {prometheus = 1}", "datasources must be a table of texts"),
    ],
)
def test_settings_that_cannot_be_meant(written: Written, line: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        written(f'[contexts.staging]\nurl = "https://api.example.com/token"\n{PRODUCTION}# a comment\n{line}\n')

    assert caught.value.where == "dash.toml:6"
    assert words in caught.value.what
    assert caught.value.fix
    assert HUSH not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("grafana.example.com", "contexts.production.url does not begin with http://"),
        (f"https://ci:{HUSH}@grafana.example.com", "contexts.production.url holds credentials"),
        (f"https://ci@{HUSH}@grafana.example.com/?x", "contexts.production.url"),
        (f"https://grafana.example.com/{HUSH}@", "contexts.production.url"),
        ("https://grafana.example.com/?orgId=2", "contexts.production.url ends before ? and #"),
    ],
)
def test_urls_that_cannot_be_meant(written: Written, url: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        written(f'[contexts.production]\nfolder = "url"\nurl = "{url}"\n')

    assert caught.value.where == "dash.toml:3"
    assert words in str(caught.value)
    assert HUSH not in str(caught.value)


def test_a_name_that_is_nearly_right_is_suggested(written: Written) -> None:
    with pytest.raises(UsageError) as caught:
        written(f"{PRODUCTION}protectd = true")

    assert caught.value.fix.startswith("did you mean 'protected'?")


def test_a_context_that_is_nearly_right_is_suggested(written: Written) -> None:
    with pytest.raises(UsageError) as caught:
        written(PRODUCTION).get("prodction", "--context")

    assert str(caught.value).startswith("--context: there is no context 'prodction'\n  try: did you mean 'production'?")


def test_where_there_are_no_contexts_it_says_how_to_write_one() -> None:
    with pytest.raises(UsageError) as caught:
        Contexts().get("production", "--context")

    assert "[contexts.production]" in caught.value.fix


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[contexts]\n\nproduction = {url = "https://x.example.com", jobs = 0}\n', 3),
        ('contexts.production.url = "https://x.example.com"\ncontexts.production.jobs = 0\n', 2),
        (f"[contexts.production]\n{URL}[jobs]\n'shop.web' = \"jobs\"\n[contexts.staging]\n{URL}jobs = 0\n", 7),
        (f'["contexts" . "production"]\n{URL}"jobs"= 0\n', 3),
        (f"[contexts.production]\n{URL}[contexts.production.datasources]\nx = 1\n", 3),
    ],
)
def test_the_line_is_found_however_it_is_written(written: Written, text: str, line: int) -> None:
    with pytest.raises(UsageError) as caught:
        written(text)

    assert caught.value.where == f"dash.toml:{line}"
