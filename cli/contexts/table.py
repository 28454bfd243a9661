"""One `[contexts.NAME]` table: each kind of setting, or the line that is wrong and what to write there."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cli.contexts.context import Api
from cli.contexts.lines import Lines
from cli.contexts.secret import KINDS, Secret
from cli.errors import UsageError
from cli.grafana.address import address

APIS: Mapping[str, Api] = {"auto": "auto", "legacy": "legacy", "apis": "apis"}
ELSEWHERE = '{env = "%s"}, {file = "PATH"} or {command = "op read op://vault/grafana/%s"}'
#: Every setting of a context, as it is written.
EXAMPLES = {
    "url": 'url = "https://grafana.example.com"',
    "organisation": "organisation = 2",
    "folder": 'folder = "Team/Service"',
    "token": f"token = {ELSEWHERE % ('GRAFANA_TOKEN', 'token')}",
    "user": 'user = "ci"',
    "password": f"password = {ELSEWHERE % ('GRAFANA_PASSWORD', 'password')}",
    "protected": "protected = true",
    "ca": 'ca = "company-ca.pem"',
    "certificate": 'certificate = "client.pem"',
    "key": 'key = "client.key"',
    "proxy": 'proxy = "http://proxy.example.com:3128"',
    "api": 'api = "legacy"',
    "jobs": "jobs = 4",
    "datasources": 'datasources = {prometheus = "the-uid"}',
}
#: The greatest number that is meant.
MOST = {"organisation": 2**63 - 1, "jobs": 64}


class Table:
    """What the table says; `folder` is the one that paths are seen from."""

    def __init__(self, name: str, said: Mapping[str, Any], lines: Lines, folder: Path) -> None:
        self.name, self.said, self.lines, self.folder = name, said, lines, folder

    def wrong(self, key: str, what: str, fix: str = "") -> UsageError:
        """The error at a setting's line."""
        where = self.lines.where("contexts", self.name, key)
        return UsageError(what, where=where, fix=fix or EXAMPLES[key])

    def text(self, key: str) -> str:
        """A text of one line that says something; empty where there is none."""
        value = self.said.get(key)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise self.wrong(key, f"contexts.{self.name}.{key} must be a text")
        return value

    def yes(self, key: str) -> bool:
        """True or false."""
        value = self.said.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, f"contexts.{self.name}.{key} must be true or false")
        return value

    def number(self, key: str) -> int | None:
        """A number from 1 on; None where there is none."""
        value = self.said.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST[key]:
            raise self.wrong(key, f"contexts.{self.name}.{key} must be a number, 1 to {MOST[key]}")
        return value

    def api(self, key: str) -> Api:
        """Which API is spoken."""
        value = self.said.get(key, "auto")
        if not isinstance(value, str) or value not in APIS:
            raise self.wrong(key, f"contexts.{self.name}.{key} must be one of {', '.join(APIS)}")
        return APIS[value]

    def texts(self, key: str) -> Mapping[str, str]:
        """A text for each of some words."""
        value = self.said.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(one, str) and one.strip() for one in value.values()):
            raise self.wrong(key, f"contexts.{self.name}.{key} must be a table of texts")
        return MappingProxyType(dict(value))

    def titles(self, key: str) -> str:
        """A path of folder titles from the root on."""
        path = self.text(key).strip("/")
        if path and not all(title.strip() for title in path.split("/")):
            raise self.wrong(key, f"contexts.{self.name}.{key} has a title that is empty")
        return path

    def file(self, key: str) -> str:
        """A path; empty where there is none."""
        path = self.text(key)
        return str(self.folder / os.path.expanduser(path)) if path else ""  # noqa: PTH111 - Path's raises for ~nobody

    def url(self, key: str) -> str:
        """A URL in which no password is; empty where there is none."""
        said = self.text(key)
        if not said:
            return ""
        try:
            found = address(said, said=None, environment={}, from_flag=True)
        except UsageError as error:
            what = error.what.replace("Grafana's URL", f"contexts.{self.name}.{key}")
            raise self.wrong(key, what) from None
        if found.credentials.user or found.credentials.password:
            fix = "HTTPS_PROXY in the environment" if key == "proxy" else EXAMPLES["password"]
            raise self.wrong(key, f"contexts.{self.name}.{key} holds credentials, for everybody to read", fix)
        return found.url

    def secret(self, key: str) -> Secret | None:
        """Where a secret is to be had; the secret itself is refused, and never repeated."""
        value, name = self.said.get(key), f"contexts.{self.name}.{key}"
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.wrong(key, f"{name} is written for everybody to read: `dash` keeps no secrets")
        if (
            len(value) != 1
            or not set(KINDS).issuperset(value)
            or not all(isinstance(one, str) for one in value.values())
        ):
            raise self.wrong(key, f"{name} must say one place: env, file or command")
        [(kind, source)] = value.items()
        return Secret(kind, source, name, self.lines.where("contexts", self.name, key), str(self.folder))
