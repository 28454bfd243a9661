"""`[alertmanager]` of `dash.toml`: who is told, where their secrets lie, and when nobody is told."""

import re
from typing import Literal, get_args

from cli.stack.reading_mute import EXAMPLE as MUTE
from cli.stack.reading_mute import NAME, mute
from cli.stack.routing import NOBODY
from cli.stack.settings import Alertmanager, Kept, Receiver
from cli.stack.table import ADDRESS, LABEL, Table
from cli.stack.web_address import is_open
from queries.source import did_you_mean

EXAMPLE = '[alertmanager.receivers.on-call] and below it kind = "pagerduty"'
Kind = Literal["slack", "pagerduty", "email", "webhook"]
#: Of each kind: its settings, those that it cannot do without, and its secrets; `url` of a webhook may be either.
OPTIONS = {
    "slack": ("channel",),
    "pagerduty": (),
    "email": ("to", "from", "smarthost", "username"),
    "webhook": ("url",),
}
SECRETS = {"slack": ("url",), "pagerduty": ("routing_key",), "email": ("password",), "webhook": ("url", "token")}
NEEDED = {"slack": ("url",), "pagerduty": ("routing_key",), "email": ("to", "from", "smarthost"), "webhook": ("url",)}
EXAMPLES = {
    "channel": 'channel = "#alerts"',
    "to": 'to = "on-call@example.com"',
    "from": 'from = "alertmanager@example.com"',
    "smarthost": 'smarthost = "mail.example.com:587"',
    "username": 'username = "alertmanager"',
}


def alertmanager(everything: Table) -> Alertmanager:
    """The settings; UsageError at the line of one that cannot be meant."""
    table = everything.table("alertmanager", EXAMPLE)
    default = Alertmanager()
    table.knows("receiver", "receivers", "mute", "group_by", "group_wait", "group_interval", "repeat")
    silent = tuple(mute(one) for one in table.tables("mute", MUTE))
    receivers = tuple(_receiver(one, [each.name for each in silent]) for one in table.tables("receivers", EXAMPLE))
    names = [one.name for one in receivers]
    kept = [secret.name for one in receivers for secret in one.secrets.values()]
    for one in receivers:
        if any(kept.count(secret.name) > 1 for secret in one.secrets.values()):
            what = f"the secrets of {one.name!r} have the names of another receiver's: - and _, and capitals, are one"
            raise table.table("receivers", EXAMPLE).wrong(one.name, what, "call one of them otherwise")
    chosen = table.text("receiver", 'receiver = "on-call"')
    if chosen and chosen not in names:
        what = f"alertmanager.receiver is {chosen!r}, which is no receiver"
        raise table.wrong("receiver", what, did_you_mean(chosen, names, of="there are"))
    return Alertmanager(
        receiver=chosen,
        receivers=receivers,
        mute=silent,
        group_by=table.texts("group_by", 'group_by = ["alertname", "job"]', default.group_by, fits=LABEL.fullmatch),
        group_wait=table.duration("group_wait", default.group_wait),
        group_interval=table.duration("group_interval", default.group_interval),
        repeat={**default.repeat, **_repeat(table.table("repeat", 'repeat = {critical = "1h", warning = "12h"}'))},
    )


def _repeat(table: Table) -> dict[str, str]:
    return {name: table.duration(name, "1h") for name in table.said}


def _receiver(table: Table, mute: list[str]) -> Receiver:
    name = table.path[-1]
    if not NAME.fullmatch(name) or name == NOBODY:
        raise table.wrong("", f"{name!r} is no name for a receiver", "letters, digits, - and _, at most 63")
    kinds = get_args(Kind)
    kind: Kind | None = next((one for one in kinds if one == table.said.get("kind")), None)
    if kind is None:
        what = f"{table.name('kind')} is none of {', '.join(kinds)}"
        raise table.wrong("kind" if "kind" in table.said else "", what, 'kind = "slack"')
    table.knows("kind", "severity", "team", "mute", "resolved", *OPTIONS[kind], *SECRETS[kind])
    options = {key: text for key in OPTIONS[kind] if (text := _option(table, kind, key))}
    secrets = {key: kept for key in SECRETS[kind] if (kept := _kept(table, kind, key, name)) is not None}
    for key in NEEDED[kind]:
        if key not in options and key not in secrets:
            raise table.wrong("", f"{'.'.join(table.path)} has no {key}", EXAMPLES.get(key, _elsewhere(name, key)))
    silent = table.texts("mute", 'mute = ["nights"]')
    for one in silent:
        if one not in mute:
            what = f"{table.name('mute')} names {one!r}"
            raise table.wrong("mute", what, did_you_mean(one, mute, of="there are") if mute else MUTE)
    return Receiver(
        name=name,
        kind=kind,
        options=options,
        secrets=secrets,
        severities=table.texts("severity", 'severity = ["critical"]'),
        teams=table.texts("team", 'team = ["ml-ops"]'),
        mute=silent,
        resolved=table.yes("resolved", default=True),
    )


def _option(table: Table, kind: Kind, key: str) -> str:
    """A setting that everybody may read; a webhook's URL is one as long as nothing of it is a secret."""
    if (kind, key) != ("webhook", "url"):
        text = table.text(key, EXAMPLES[key])
        if text and key == "smarthost" and not ADDRESS.fullmatch(text):
            raise table.wrong(key, f"{table.name(key)} is no host:port", EXAMPLES[key])
        return text
    said = table.said.get(key)
    if isinstance(said, dict) or said is None:
        return ""
    if not isinstance(said, str) or not is_open(said):
        what = f"{table.name(key)} is no plain web address, so it may hold a secret, for everybody to read"
        raise table.wrong(key, what, f'url = "http://host:8080/alerts", or {_elsewhere(table.path[-1], key)}')
    return said


def _kept(table: Table, kind: Kind, key: str, name: str) -> Kept | None:
    """Where a secret lies; the secret itself is refused, and never repeated."""
    said = table.said.get(key)
    if said is None or (kind == "webhook" and key == "url" and isinstance(said, str)):
        return None
    if not isinstance(said, dict):
        what = f"{table.name(key)} is written for everybody to read: `dash` keeps no secrets"
        raise table.wrong(key, what, _elsewhere(name, key))
    places = [(place, source) for place, source in said.items() if place in ("file", "env")]
    if len(said) != 1 or len(places) != 1:
        raise table.wrong(key, f"{table.name(key)} must say one place: file or env", _elsewhere(name, key))
    [(place, source)] = places
    fits = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*" if place == "env" else r"/[^\0\n\r]+", str(source))
    if not isinstance(source, str) or not fits or not source.isprintable():
        # it is not repeated: it may be the secret itself
        what = f"{table.name(key)}: {'no name of a variable' if place == 'env' else 'no path from the root on'}"
        raise table.wrong(key, what, _elsewhere(name, key))
    return Kept("env" if place == "env" else "file", source, f"{name}_{key}".lower().replace("-", "_"))


def _elsewhere(name: str, key: str) -> str:
    variable = f"{name}_{key}".upper().replace("-", "_")
    return f'{key} = {{env = "{variable}"}} or {{file = "/run/secrets/{variable.lower()}"}}'
