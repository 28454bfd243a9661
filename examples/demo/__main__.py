"""`python -m examples.demo`: the service, its load and Prometheus on this machine, until a key is pressed."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from shlex import quote

from queries.ai_app.metrics import PROXY
from queries.ml_serving.metrics import NODE

from . import stopping
from .running import CannotStart, Demo, running

WHERE = """\
Prometheus      {prometheus}
alerts          {prometheus}/alerts
the service     {backend} and others: {prometheus}/targets
pages           {build}/dashboards/*.json
logs, samples   {folder}, until it ends
{left_out}
in another terminal:   cd {here}
verify every query:    {python} -m cli verify {build} --prometheus {prometheus}
compare the catalogs:  {python} -m cli catalog diff {prometheus}
break something:       DASH_CONTROL_TOKEN={token} {python} -m examples.ai_service.load \\
                         --service {backend} --scenario errors --duration 300
see the pages:         in a Grafana, add {prometheus} as its default data source, then
                         GRAFANA_URL=http://... GRAFANA_TOKEN=glsa_... {python} -m cli push
"""
#: What watches the machine and the proxy, where it is installed.
PACKAGES = {NODE.job: "prometheus-node-exporter", PROXY.job: "prometheus-nginx-exporter"}


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when it was stopped, 1 when something ended by itself, 2 when it could not start."""
    asked = _parser().parse_args(arguments)
    with stopping.told_to() as told, tempfile.TemporaryDirectory(prefix="dash-demo-") as folder:
        try:
            with running(asked.build, Path(folder), asked.rate) as demo:
                _say(where(demo, asked.build, folder))
                _say("Enter or q stops it." if told.by_key else "SIGTERM or Ctrl-C stops it.")
                wanted = told.wait(demo.ended)
        except CannotStart as problem:
            if told.stop.is_set():
                return 0
            print(f"demo: {problem}", file=sys.stderr)  # noqa: T201 - a command's talk
            return 2
    _say("Everything is stopped." if wanted else "Something ended by itself; the rest is stopped.")
    return 0 if wanted else 1


def where(demo: Demo, build: Path, folder: str) -> str:
    """What there is to look at, and commands that can be typed as they stand."""
    missing = [
        f"left out        {job}: apt-get install {of}\n" for job, of in PACKAGES.items() if job not in demo.targets
    ]
    python, here = Path(sys.executable), Path.cwd()
    return WHERE.format(
        prometheus=demo.prometheus,
        backend=f"http://{demo.targets['backend'][0]}",
        build=quote(str(build)),
        folder=folder,
        left_out="".join(missing),
        here=quote(str(here)),
        token=demo.control_token,
        python=quote(str(python.relative_to(here) if python.is_relative_to(here) else python)),
    )


def _say(text: str) -> None:
    with suppress(OSError):  # who listened is gone
        print(text, flush=True)  # noqa: T201 - a command's answer


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.demo", description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("build"), help="what `dash build` wrote (%(default)s)")
    parser.add_argument("--rate", type=float, default=2, help="visits of each part a second (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
