"""What Alertmanager says, read with care: anything that is not its version 4 is refused whole."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

Status = Literal["firing", "resolved"]
VERSION = "4"
#: Alertmanager writes a hash of 16 hexadecimal digits.
FINGERPRINT = re.compile(r"[0-9a-f]{1,64}")
#: RFC 3339, as Go writes it: up to nanoseconds, and always with a zone.
TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
LONGEST_NAME = 200
MOST_ALERTS = 1000


class NotANotification(ValueError):
    """The body is none; says where, and never repeats what stood there."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert of a notification.

    Attributes:
        name: its alertname.
        fingerprint: of its labels: the same alert has the same one.
        status: whether it fires.
        started: since when, as Alertmanager spells it; with the fingerprint one episode.
    """

    name: str
    fingerprint: str
    status: Status
    started: str


def read(body: bytes) -> tuple[Alert, ...]:
    """The alerts of a notification, each once.

    Raises:
        NotANotification: nothing of it may be acted on.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):  # what is no UTF-8 is a ValueError, too
        raise NotANotification("the body is no JSON") from None
    if not isinstance(said, dict) or said.get("version") != VERSION:
        raise NotANotification(f"no notification of Alertmanager's version {VERSION}")
    alerts = said.get("alerts")
    if not isinstance(alerts, list) or len(alerts) > MOST_ALERTS:
        raise NotANotification(f"alerts is no list of at most {MOST_ALERTS}")
    return tuple(dict.fromkeys(_alert(one, f"alerts[{place}]") for place, one in enumerate(alerts)))


def _alert(said: Any, where: str) -> Alert:
    labels = said.get("labels") if isinstance(said, dict) else None
    if not isinstance(labels, dict):
        raise NotANotification(f"{where} has no labels")
    status = said.get("status")
    if status not in ("firing", "resolved"):
        raise NotANotification(f"{where}.status is neither firing nor resolved")
    fingerprint = _text(said.get("fingerprint"), f"{where}.fingerprint")
    if not FINGERPRINT.fullmatch(fingerprint):
        raise NotANotification(f"{where}.fingerprint is none")
    name = _text(labels.get("alertname"), f"{where}.labels.alertname")
    started = _time(said.get("startsAt"), f"{where}.startsAt")
    return Alert(name, fingerprint, cast("Status", status), started)


def _text(said: Any, where: str) -> str:
    if not isinstance(said, str) or not 0 < len(said) <= LONGEST_NAME:
        raise NotANotification(f"{where} is no text of 1 to {LONGEST_NAME} characters")
    try:
        said.encode()
    except UnicodeEncodeError:  # a lone surrogate: it could not be repeated in an answer
        raise NotANotification(f"{where} is no text that UTF-8 can write") from None
    return said


def _time(said: Any, where: str) -> str:
    text = _text(said, where)
    found = TIME.fullmatch(text)
    try:
        datetime.fromisoformat("".join(found.groups()) if found else "")
    except ValueError:
        raise NotANotification(f"{where} is no time") from None
    return text
