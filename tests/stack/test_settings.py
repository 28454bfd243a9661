"""What `dash.toml` says of the files around pages and rules: read as it is meant, or the line that is wrong."""

from pathlib import Path

import pytest

from cli import config
from cli.errors import UsageError
from cli.stack import reading
from cli.stack.settings import Kept, Mute, Settings

GOOD = """
[build]
stack = ["prometheus", "alertmanager"]

[prometheus]
scrape_interval = "30s"
evaluation_interval = "60s"
external_labels = {zone = "a", cluster = "eu"}
alertmanagers = ["one:9093", "[::1]:9093"]

[alertmanager]
receiver = "chat"
group_by = ["alertname"]
group_wait = "10s"
repeat = {critical = "30m"}

[alertmanager.receivers.on-call]
kind = "pagerduty"
routing_key = {env = "PAGER_KEY"}
severity = ["critical"]

[alertmanager.receivers.chat]
kind = "slack"
url = {file = "/etc/secrets/chat url"}
channel = "#alerts"
team = ["ml-ops"]
mute = ["nights"]
resolved = false

[alertmanager.receivers.bridge]
kind = "webhook"
url = "http://bridge:8080/alerts"

[alertmanager.mute.nights]
times = ["22:00-24:00", "00:00-06:00"]
weekdays = ["monday:friday"]
location = "Europe/Berlin"
"""
SECRET = "hunter2-hooks-T000-B000-XXXX"  # noqa: S105 - no secret: what must not be repeated
#: As those who hand them out write them; the secret is short, or in parts.
SECRET_URLS = (
    "https://hooks.slack.com/services/T0AB/B0CD/SECRET",
    "https://HOOKS.slack.com./services/SECRET",
    "https://discord.com/api/webhooks/SECRET",
    "https://ptb.discord.com/api/webhooks/SECRET",
    "https://outlook.office.com/webhook/SECRET",
    "https://shop.webhook.office.com/webhookb2/SECRET",
    "https://api.telegram.org/bot1:SECRET/sendMessage",
    "https://hooks.zapier.com/hooks/catch/SECRET",
    "https://events.pagerduty.com/integration/SECRET/enqueue",
)
PAGER = '[alertmanager.receivers.a]\nkind = "pagerduty"\n'
MAIL = """[alertmanager.receivers.a]
kind = 'email'
to = 'a@b'
from = 'a@b'
smarthost = 'b:25'
"""
HOOK = '[alertmanager.receivers.a]\nkind = "webhook"\n'


def _read(text: str, folder: Path) -> Settings:
    (folder / "dash.toml").write_text(text, encoding="utf-8")
    return reading.read(folder, config.read(folder).stack)


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    said = _read(GOOD, tmp_path)

    assert said.makers == ("prometheus", "alertmanager")
    assert (said.prometheus.scrape_interval, said.prometheus.evaluation_interval) == ("30s", "1m")
    assert list(said.prometheus.external_labels.items()) == [("cluster", "eu"), ("zone", "a")]
    assert said.prometheus.alertmanagers == ("one:9093", "[::1]:9093")
    told = said.alertmanager
    assert (told.receiver, told.group_by, told.group_wait, told.group_interval) == ("chat", ("alertname",), "10s", "5m")
    assert told.repeat == {"critical": "30m", "warning": "12h"}
    assert told.mute == (
        Mute(
            name="nights",
            times=("22:00-24:00", "00:00-06:00"),
            weekdays=("monday:friday",),
            location="Europe/Berlin",
        ),
    )
    pager, chat, bridge = told.receivers
    assert pager.secrets == {"routing_key": Kept("env", "PAGER_KEY", "on_call_routing_key")}
    assert pager.secrets["routing_key"].path == "/run/secrets/on_call_routing_key"
    assert (pager.severities, pager.teams, pager.resolved) == (("critical",), (), True)
    assert chat.secrets["url"].path == "/etc/secrets/chat url"
    assert (chat.options, chat.teams, chat.mute, chat.resolved) == (
        {"channel": "#alerts"},
        ("ml-ops",),
        ("nights",),
        False,
    )
    assert (bridge.options, bridge.secrets) == ({"url": "http://bridge:8080/alerts"}, {})


def test_where_nothing_is_said_everything_is_made(tmp_path: Path) -> None:
    assert reading.read(tmp_path, config.read(tmp_path).stack) == Settings()
    assert Settings().makers == ("prometheus", "alertmanager", "grafana", "compose", "kubernetes")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[build]\nstack = 'prometheus'\n", "2: build.stack must be a list like this"),
        ("[build]\nstack = ['prometeus']\n", "2: build.stack names 'prometeus'"),
        ("prometheus = 5\n", "1: prometheus must be a table"),
        ("[prometheus]\nscrape = '5s'\n", "2: unknown setting prometheus.scrape"),
        ("[prometheus]\nscrape_interval = '5'\n", "2: prometheus.scrape_interval: '5' is no duration"),
        ("[prometheus]\nscrape_interval = 5\n", "2: prometheus.scrape_interval: 5 is no duration"),
        ("[prometheus]\nexternal_labels = {a-b = 'x'}\n", "2: prometheus.external_labels must be a table of labels"),
        ("[prometheus]\nexternal_labels = {a = 1}\n", "2: prometheus.external_labels must be a table of labels"),
        ("[prometheus]\nexternal_labels = {a = '$HOME'}\n", "2: prometheus.external_labels: Prometheus 3 puts"),
        ("[prometheus]\nalertmanagers = ['http://a:9093']\n", "2: prometheus.alertmanagers must be a list like this"),
        ("[alertmanager]\ntemplates = 5\n", "2: unknown setting alertmanager.templates"),
        ("[alertmanager]\nreceiver = 'chat'\n", "2: alertmanager.receiver is 'chat', which is no receiver"),
        ("[alertmanager]\nreceivers = ['chat']\n", "2: alertmanager.receivers must be a table"),
        ("[alertmanager]\ngroup_by = ['a b']\n", "2: alertmanager.group_by must be a list like this"),
        ("[alertmanager.repeat]\ncritical = 'often'\n", "2: alertmanager.repeat.critical: 'often' is no duration"),
        ("[alertmanager.receivers.'a b']\nkind = 'slack'\n", "1: 'a b' is no name for a receiver"),
        ("[alertmanager.receivers.nobody]\nkind = 'slack'\n", "1: 'nobody' is no name for a receiver"),
        (
            "[alertmanager.receivers.a]\n",
            "1: alertmanager.receivers.a.kind is none of slack, pagerduty, email, webhook",
        ),
        ("[alertmanager.receivers.a]\nkind = ['slack']\n", "2: alertmanager.receivers.a.kind is none of"),
        (f"{PAGER}channel = '#a'\n", "3: unknown setting alertmanager.receivers.a.channel"),
        (PAGER, "1: alertmanager.receivers.a has no routing_key"),
        (f"{PAGER}routing_key = {{command = 'x'}}\n", "3: alertmanager.receivers.a.routing_key must say one place"),
        (f"{PAGER}routing_key = {{env = 'A', file = '/b'}}\n", "3: alertmanager.receivers.a.routing_key must say one"),
        (f"{PAGER}routing_key = {{env = 'A B'}}\n", "3: alertmanager.receivers.a.routing_key: no name of a variable"),
        (f"{PAGER}routing_key = {{file = 'b'}}\n", "3: alertmanager.receivers.a.routing_key: no path from the root on"),
        (f"{HOOK}url = 5\n", "3: alertmanager.receivers.a.url is no plain web address"),
        (f"{HOOK}url = 'http://a/'\nmute = ['nights']\n", "4: alertmanager.receivers.a.mute names 'nights'"),
        (f"{HOOK}url = 'http://a/'\nresolved = 'no'\n", "4: alertmanager.receivers.a.resolved must be true or false"),
        (f"{HOOK}url = 'http://a/'\nseverity = 'critical'\n", "4: alertmanager.receivers.a.severity must be a list"),
        ("[alertmanager.mute.nights]\n", "1: alertmanager.mute.nights is never"),
        ("[alertmanager.mute.nights]\nlocation = 'UTC'\n", "1: alertmanager.mute.nights is never"),
        ("[alertmanager.mute.a]\ntimes = ['22:00-06:00']\n", "2: alertmanager.mute.a.times must be a list like this"),
        ("[alertmanager.mute.a]\ntimes = ['24:00-25:00']\n", "2: alertmanager.mute.a.times must be a list like this"),
        ("[alertmanager.mute.a]\nweekdays = ['friday:monday']\n", "2: alertmanager.mute.a.weekdays must be a list"),
        ("[alertmanager.mute.a]\nweekdays = ['Fri']\n", "2: alertmanager.mute.a.weekdays must be a list like this"),
        ("[alertmanager.mute.a]\ndays_of_month = ['0']\n", "2: alertmanager.mute.a.days_of_month must be a list"),
        ("[alertmanager.mute.a]\ndays_of_month = ['7:3']\n", "2: alertmanager.mute.a.days_of_month must be a list"),
        (MAIL.replace("b:25", "b"), "5: alertmanager.receivers.a.smarthost is no host:port"),
        ("[alertmanager.mute.a]\nyears = ['2026']\nlocation = 'Europe/Berln'\n", "3: alertmanager.mute.a.location: no"),
        ("[alertmanager.mute.a]\nyears = ['2026']\nlocation = '../etc'\n", "3: alertmanager.mute.a.location: no time"),
        ("[alertmanager.mute.a]\nyears = ['26']\n", "2: alertmanager.mute.a.years must be a list like this"),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_line(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        _read(text, tmp_path)

    assert f"{error.value.where}: {error.value.what}".startswith(f"dash.toml:{said}")
    assert error.value.fix


@pytest.mark.parametrize(
    "text",
    [
        f"[alertmanager.receivers.a]\nkind = 'slack'\nurl = 'https://hooks.slack.com/services/{SECRET}'\n",
        f"{PAGER}routing_key = '{SECRET}'\n",
        f"{PAGER}routing_key = {{env = '{SECRET}'}}\n",
        f"{PAGER}routing_key = {{file = '{SECRET}'}}\n",
        f"{PAGER}routing_key = ['{SECRET}']\n",
        f"{HOOK}url = 'https://user:{SECRET}@host/'\n",
        f"{HOOK}url = 'https://host/?token={SECRET}'\n",
        f"{HOOK}url = 'https://host/services/{SECRET}'\n",
        *(f"{HOOK}url = '{url.replace('SECRET', SECRET)}'\n" for url in SECRET_URLS),
        *(f"{HOOK}url = '{url.replace('SECRET', 'alerts')}'\n" for url in SECRET_URLS),
        f"{HOOK}url = 'https://host/'\ntoken = '{SECRET}'\n",
        f"{MAIL}password = '{SECRET}'\n",
    ],
)
def test_a_secret_that_is_written_there_is_refused_and_never_repeated(text: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        _read(text, tmp_path)

    assert SECRET not in f"{error.value}{error.value.what}{error.value.where}{error.value.fix}"
    assert '{env = "A_' in error.value.fix
