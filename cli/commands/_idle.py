"""A plain `dash build` with nothing to do: what it answers, known without click."""

import gc
import os
from collections.abc import Sequence

from cli import config
from cli.commands._build_report import text
from cli.compile.build import OUT, Request, begin, idle

# As in `_program`: what was imported is not looked through when the process ends.
gc.freeze()


def answer(said: Sequence[str]) -> str | None:
    """What a build with these arguments says; None where it has something to do, or more to say.

    Raises:
        UsageError: the configuration is wrong, or a source is not there.
    """
    request = _request(said)
    report = idle(begin(request)) if request else None
    if report is None or not (report.pages or report.rules):
        return None
    return text(report, OUT, check=False)


def _request(said: Sequence[str]) -> Request | None:
    """What is asked for; None where more is said than sources and a folder, each as two words."""
    asked: dict[str, list[str]] = {"--source": [], "--out": []}
    if len(said) % 2 or not set(said[::2]) <= asked.keys() or any(value.startswith("-") for value in said[1::2]):
        return None
    for name, value in zip(said[::2], said[1::2], strict=True):
        asked[name].append(value)
    here = config.here()
    # of several folders click takes the last
    out = [OUT, *asked["--out"]][-1]
    return Request(config.read(here), here, os.path.normpath(out), tuple(asked["--source"]))
