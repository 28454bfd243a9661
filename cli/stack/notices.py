"""How each kind of receiver is told: Alertmanager's own settings of it, with secrets as files."""

from collections.abc import Callable, Mapping
from typing import Any

from cli.stack.settings import Receiver

Json = dict[str, Any]
TITLE = '{{ template "dash.title" . }}'
TEXT = '{{ template "dash.text" . }}'
LINK = '{{ template "dash.link" . }}'


def receiver(said: Receiver) -> Json:
    """One entry of Alertmanager's `receivers`."""
    how = {"send_resolved": said.resolved, **KINDS[said.kind](said)}
    return {"name": said.name, f"{said.kind}_configs": [how]}


def _slack(said: Receiver) -> Json:
    return {
        "api_url_file": said.secrets["url"].path,
        **_given(said, channel="channel"),
        "title": TITLE,
        "title_link": LINK,
        "text": TEXT,
        "fallback": TITLE,
        "color": '{{ template "dash.colour" . }}',
    }


def _pagerduty(said: Receiver) -> Json:
    return {
        "routing_key_file": said.secrets["routing_key"].path,
        "severity": '{{ template "dash.severity" . }}',
        "description": TITLE,
        "client": "Alertmanager",
        "client_url": LINK,
        "details": {"text": TEXT},
    }


def _email(said: Receiver) -> Json:
    secret = said.secrets.get("password")
    return {
        **_given(said, to="to", **{"from": "from"}, smarthost="smarthost", username="auth_username"),
        **({"auth_password_file": secret.path} if secret else {}),
        "headers": {"Subject": TITLE},
        "html": '{{ template "dash.html" . }}',
        "text": TEXT,
    }


def _webhook(said: Receiver) -> Json:
    how: Json = _given(said, url="url")
    if "url" in said.secrets:
        how["url_file"] = said.secrets["url"].path
    if "token" in said.secrets:
        how["http_config"] = {"authorization": {"credentials_file": said.secrets["token"].path}}
    return how


def _given(said: Receiver, **names: str) -> Json:
    """The options that were said, as Alertmanager calls them."""
    return {theirs: said.options[ours] for ours, theirs in names.items() if ours in said.options}


KINDS: Mapping[str, Callable[[Receiver], Json]] = {
    "slack": _slack,
    "pagerduty": _pagerduty,
    "email": _email,
    "webhook": _webhook,
}
