"""What the configuration and the command line say together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from cli.errors import UsageError
from cli.lint import configured
from cli.lint.finding import Severity
from cli.lint.settings import Settings
from cli.lint.settings_table import LEVELS, rule_id, severity, version

if TYPE_CHECKING:
    from cli.commands.lint import Options


def settings_of(said: Options, folder: str, rules: Collection[str]) -> tuple[Settings, list[str]]:
    """The settings, and notes about where they are from; UsageError where they cannot be meant.

    The command line adds to the configuration. `--select` takes its place: whoever names rules wants to see those.
    """
    found = configured.read(folder, said["config_file"], rules)
    old = found.settings
    select = tuple(_ids(said["select"], rules, "--select"))
    ignore = tuple(_ids(said["ignore"], rules, "--ignore"))
    settings = old._replace(
        select=select or old.select,
        ignore=ignore if select else (*old.ignore, *ignore),
        severity={**old.severity, **dict(_severities(said["severity"], rules))},
        prometheus=version(said["prometheus"], "--prometheus-version") if said["prometheus"] else old.prometheus,
        catalogs=(*old.catalogs, *said["catalogs"]),
        strict=old.strict or said["strict"],
        fail_on=LEVELS[said["fail_on"]] if said["fail_on"] else old.fail_on,
    )
    return settings, [found.note] * bool(found.note)


def _ids(said: Iterable[str], rules: Collection[str], where: str) -> Iterator[str]:
    for one in ",".join(said).split(","):
        if one.strip():
            yield rule_id(one.strip(), rules, where)


def _severities(said: Iterable[str], rules: Collection[str]) -> Iterator[tuple[str, Severity]]:
    for one in said:
        rule, is_, level = one.partition("=")
        if not is_:
            raise UsageError(f"{one!r} says no severity", where="--severity", fix="--severity PQL132=warning")
        yield rule_id(rule.strip(), rules, "--severity", whole=True), severity(level.strip(), "--severity")
