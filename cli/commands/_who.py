"""Which Grafana, and who asks: the options of every command that talks to one."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

if TYPE_CHECKING:
    from cli.commands._place import Place
    from cli.grafana.address import Address

Command = TypeVar("Command", bound=Callable[..., object])

OPTIONS = (
    click.option(
        "--context", metavar="NAME", help="A Grafana of dash.toml.  [default: $DASH_CONTEXT, default_context]"
    ),
    click.option("--url", metavar="URL", help="Of the Grafana.  [default: $GRAFANA_URL]"),
    click.option("--token-file", metavar="FILE|-", help="A service account's token, in a file or on standard input."),
    click.option("--token", help="The same, for all users of this machine to see.  [default: $GRAFANA_TOKEN]"),
    click.option("--user", help="Instead of a token.  [default: $GRAFANA_USER]"),
    click.option("--password-file", metavar="FILE|-", help="The user's password.  [default: $GRAFANA_PASSWORD]"),
    click.option("--org", metavar="ID", type=click.IntRange(1), help="Organisation.  [default: $GRAFANA_ORG_ID]"),
    click.option(
        "--api", type=click.Choice(["auto", "legacy", "apis"]), help="Which of Grafana's APIs.  [default: auto]"
    ),
)


class Who(TypedDict):
    """What the options said."""

    context: str | None
    url: str | None
    token: str | None
    token_file: str | None
    user: str | None
    password_file: str | None
    org: int | None
    api: str | None


def options(command: Command) -> Command:
    """Give a command the options of `Who`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def place_of(who: Who) -> "Place":
    """The Grafana that flags, `dash.toml` and environment mean, and how it is pushed to."""
    from cli import config  # noqa: PLC0415 - `dash push --help` needs none of it
    from cli.commands import _place  # noqa: PLC0415 - likewise
    from cli.contexts import read  # noqa: PLC0415 - likewise

    token, password = secrets_of(who)
    said = _place.Said(
        context=who["context"] or "",
        url=who["url"] or "",
        token=token,
        user=who["user"] or "",
        password=password,
        organisation=who["org"] or 0,
        api=who["api"] or "",
    )
    return _place.place(said, read(config.here()), os.environ)


def address_of(who: Who) -> "Address":
    """The same, where nothing but the Grafana counts."""
    return place_of(who).address


def secrets_of(who: Who) -> tuple[Callable[[], str] | None, Callable[[], str] | None]:
    """Token and password as flags say them, each read when it is asked for; None where they say none."""
    given = [flag for flag in ("token", "token_file", "user") if who[flag]]
    if len(given) > 1 or (given != ["user"] and given and who["password_file"]):
        raise click.UsageError("say who asks in one way: --token-file, --token, or --user with --password-file")
    password = partial(secret, "--password-file", who["password_file"]) if who["password_file"] else None
    return _token(who), password


def allowed(place: "Place", *, yes: bool, what: str) -> None:
    """Come back when a command may write there: a protected context is written to by who types its name, or --yes.

    Args:
        place: where it would write.
        yes: the person has said so already.
        what: it would do there: "push 12 pages". A dry run writes nothing, and does not ask.
    """
    from cli.errors import UsageError  # noqa: PLC0415 - as in `place_of`

    if yes or not place.protected:
        return
    where = f"{place.name} ({place.address.url})"
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(f"{where} is protected, and nobody is here to be asked whether to {what}", fix="--yes")
    typed = click.prompt(f"{where} is protected: type its name to {what}", default="", show_default=False, err=True)
    if typed.strip() != place.name:
        raise UsageError(f"this is not {place.name}: nothing is written", fix=f"{place.name}, or --yes")


def _token(who: Who) -> Callable[[], str] | None:
    if who["token_file"]:
        return partial(secret, "--token-file", who["token_file"])
    return partial(str, who["token"]) if who["token"] else None


def secret(flag: str, file: str) -> str:
    """A secret from a file, or from standard input; its last line break is not part of it."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise click.UsageError(f"{flag} {file} cannot be read: {reason}") from None
    if not text.strip():
        raise click.UsageError(f"{flag} {file} is empty")
    return text.removesuffix("\n").removesuffix("\r")
