"""`python -m examples.demo`: the service, its load and Prometheus on this machine, until a key is pressed."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from . import stopping
from .running import CannotStart, Demo, running

WHERE = """\
Prometheus      {prometheus}
alerts          {prometheus}/alerts
the service     {backend} and others: {prometheus}/targets
pages           {build}/dashboards/*.json
logs, samples   {folder}, until it ends

verify every query:    {python} -m cli verify {build} --prometheus {prometheus}
compare the catalogs:  {python} -m cli catalog diff {prometheus}
break something:       DASH_CONTROL_TOKEN={token} {python} -m examples.ai_service.load \\
                         --service {backend} --scenario errors --duration 300
see the pages:         in a Grafana, add {prometheus} as its default data source, then
                         GRAFANA_URL=http://... GRAFANA_TOKEN=glsa_... {python} -m cli push
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when it was stopped, 1 when something ended by itself, 2 when it could not start."""
    asked = _parser().parse_args(arguments)
    with stopping.told_to() as stop, tempfile.TemporaryDirectory(prefix="dash-demo-") as folder:
        try:
            with running(asked.build, Path(folder), asked.rate) as demo:
                _say(_where(demo, asked.build, folder))
                _say("Enter or q stops it." if sys.stdin and sys.stdin.isatty() else "SIGTERM or Ctrl-C stops it.")
                wanted = stopping.wait(stop, demo.ended)
        except CannotStart as problem:
            if stop.is_set():
                return 0
            print(f"demo: {problem}", file=sys.stderr)  # noqa: T201 - a command's talk
            return 2
    _say("Everything is stopped." if wanted else "Something ended by itself; the rest is stopped.")
    return 0 if wanted else 1


def _where(demo: Demo, build: Path, folder: str) -> str:
    return WHERE.format(
        prometheus=demo.prometheus,
        backend=f"http://{demo.targets['backend'][0]}",
        build=build,
        folder=folder,
        token=demo.control_token,
        python=Path(sys.executable).name if sys.executable.startswith("/usr") else sys.executable,
    )


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a command's answer


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.demo", description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("build"), help="what `dash build` wrote (%(default)s)")
    parser.add_argument("--rate", type=float, default=2, help="visits of each part a second (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
