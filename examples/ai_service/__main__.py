"""`python -m examples.ai_service`: the whole service in one process, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from . import reports
from .discovery import BUILT, NoConfiguration, configuration, write
from .faults import SCENARIOS
from .load import Load, traffic
from .logs import complain, take_over
from .serving import PortTaken, serving
from .settings import Settings, WrongSetting
from .surroundings import Surroundings, around

FIRST_PORT = 8700
EVERY = "how often Prometheus asks and judges, instead of what was built (2s)"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when it was stopped, 1 when a port is taken, 2 when something was said that cannot be."""
    asked = _parser().parse_args(arguments)
    try:
        settings = Settings.of(os.environ)
        take_over(settings)
        asyncio.run(_run(around(settings, asked.scenario), asked))
    except (WrongSetting, NoConfiguration) as error:
        complain(str(error), os.environ)
        return 2
    except OSError as error:
        said = error if isinstance(error, PortTaken) else f"{error.filename}: {error.strerror}"
        complain(f"{said}; --port 0 takes free ones", os.environ)
        return 1
    return 0


async def _run(surroundings: Surroundings, asked: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    reporting = reports.begin(surroundings.settings)
    try:
        async with serving(surroundings, asked.host, asked.port):
            token = surroundings.settings.metrics_token
            if asked.prometheus_config:
                text = configuration(asked.built, surroundings.targets, token, asked.every)
                write(text, asked.prometheus_config)
            said = {"type": "ai-service", "version": 1, "pid": os.getpid(), "targets": surroundings.targets}
            print(json.dumps(said) if asked.output == "json" else _readable(surroundings), flush=True)  # noqa: T201 - a command's answer
            await _until(stop, surroundings, asked.load)
    finally:
        if reporting:
            reports.end()


async def _until(stop: asyncio.Event, surroundings: Surroundings, rate: float) -> None:
    """Somebody says stop; till then there is traffic, if it is wanted."""
    wanted = Load(surroundings.settings.control_token, rate, scenario=surroundings.plant.scenario)
    users = asyncio.create_task(traffic(wanted, surroundings.targets)) if rate else None
    await stop.wait()
    if users is not None:
        users.cancel()
        await asyncio.wait([users])


def _readable(surroundings: Surroundings) -> str:
    return "\n".join(f"{job:<18} http://{', http://'.join(at)}" for job, at in surroundings.targets.items())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.ai_service", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to answer at (%(default)s)")
    parser.add_argument("--port", type=int, default=FIRST_PORT, help="the first one; 0: any free ones (%(default)s)")
    parser.add_argument("--scenario", choices=tuple(SCENARIOS), default="healthy", help="what is wrong (%(default)s)")
    parser.add_argument("--load", type=float, default=0, metavar="RATE", help="traffic of its own: so many a second")
    parser.add_argument("--output", choices=("text", "json"), default="text", help="how the addresses are printed")
    parser.add_argument("--prometheus-config", type=Path, metavar="OUT", help="write a prometheus.yml that finds it")
    parser.add_argument("--built", type=Path, default=BUILT, help="of this one (%(default)s)")
    parser.add_argument("--every", default="", metavar="DURATION", help=EVERY)
    return parser


if __name__ == "__main__":
    sys.exit(main())
