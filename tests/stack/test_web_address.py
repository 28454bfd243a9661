"""Which web addresses everybody may read, and which are a secret themselves."""

import pytest

from cli.stack.web_address import is_open


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.internal:9000/alerts/page",
        "http://bridge",
        "https://bridge.example.com/api/v2/alerts",
        "http://[::1]:9000/alertmanager/webhook",
        "http://bridge/api-alerts-v2/on_call/index.html",
        "http://bridge/a1b2/Alertmanager",
    ],
)
def test_a_plain_address_is_open(url: str) -> None:
    assert is_open(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://bridge/hooks/a1b2c3d4",
        "http://bridge/hooks/QWERTYUI/send",
        "http://bridge/hooks/12345678",
        "http://bridge/hooks/3f2b-4c1d-9e8f",
        "http://bridge/hooks/quitealongoneofsmallletters",
        "http://bridge/?key=a",
        "http://me:it@bridge/",
        "ftp://bridge/",
    ],
)
def test_what_may_be_a_token_is_not(url: str) -> None:
    assert not is_open(url)


@pytest.mark.parametrize(
    "host",
    [
        "hooks.slack.com",
        "Hooks.Slack.com.",
        "discordapp.com",
        "canary.discord.com",
        "outlook.office.com",
        "shop.webhook.office.com",
        "api.telegram.org",
        "hooks.zapier.com",
        "events.pagerduty.com",
        "chat.googleapis.com",
    ],
)
def test_whatever_the_path_is_with_those_whose_addresses_are_secrets(host: str) -> None:
    assert not is_open(f"https://{host}/a")
    assert is_open(f"https://{host.replace('.', '-')}/a")
