"""Which Grafana, and who asks: the options of every command that talks to one."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

if TYPE_CHECKING:
    from cli.grafana.address import Address, Credentials

Command = TypeVar("Command", bound=Callable[..., object])

OPTIONS = (
    click.option("--url", metavar="URL", help="Of the Grafana.  [default: $GRAFANA_URL]"),
    click.option("--token-file", metavar="FILE|-", help="A service account's token, in a file or on standard input."),
    click.option("--token", help="The same, for all users of this machine to see.  [default: $GRAFANA_TOKEN]"),
    click.option("--user", help="Instead of a token.  [default: $GRAFANA_USER]"),
    click.option("--password-file", metavar="FILE|-", help="The user's password.  [default: $GRAFANA_PASSWORD]"),
)


class Who(TypedDict):
    """What the options said."""

    url: str | None
    token: str | None
    token_file: str | None
    user: str | None
    password_file: str | None


def options(command: Command) -> Command:
    """Give a command the options of `Who`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def address_of(who: Who) -> "Address":
    """The Grafana that flags and environment mean."""
    from cli.grafana.address import address  # noqa: PLC0415 - `dash --help` loads this file

    return address(
        who["url"] or os.environ.get("GRAFANA_URL", ""),
        said=_credentials(who),
        environment=os.environ,
        from_flag=bool(who["url"]),
    )


def _credentials(who: Who) -> "Credentials | None":
    """What the flags say about who asks; None when they say nothing."""
    from cli.grafana.address import Credentials  # noqa: PLC0415 - `dash --help` loads this file

    said = {"--token": who["token"], "--token-file": who["token_file"], "--user": who["user"]}
    given = [flag for flag, value in said.items() if value]
    user = who["user"] or os.environ.get("GRAFANA_USER", "")
    if len(given) > 1 or (given != ["--user"] and given and who["password_file"]):
        raise click.UsageError("say who asks in one way: --token-file, --token, or --user with --password-file")
    if who["password_file"] and not user:
        raise click.UsageError("--password-file needs --user")
    if who["token_file"]:
        return Credentials(token=_secret("--token-file", who["token_file"]).strip())
    if who["token"]:
        return Credentials(token=who["token"].strip())
    if who["password_file"]:
        return Credentials(user=user, password=_secret("--password-file", who["password_file"]))
    if who["user"]:
        return Credentials(user=user, password=os.environ.get("GRAFANA_PASSWORD", ""))
    return None


def _secret(flag: str, file: str) -> str:
    """A secret from a file, or from standard input; its last line break is not part of it."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise click.UsageError(f"{flag} {file} cannot be read: {reason}") from None
    if not text.strip():
        raise click.UsageError(f"{flag} {file} is empty")
    return text.removesuffix("\n").removesuffix("\r")
