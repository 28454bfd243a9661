"""`python -m examples.remediation`: the webhook, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence

import httpx
import uvicorn

from examples.remediation.app import app
from examples.remediation.audit import AuditLog
from examples.remediation.control import Control
from examples.remediation.healer import Healer
from examples.remediation.settings import Settings, WrongSetting

#: Seconds that the service has to answer a remedy.
PATIENCE = 5.0


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when it was stopped, 1 where it cannot write or answer, 2 when a setting cannot be."""
    parser = argparse.ArgumentParser(prog="python -m examples.remediation", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to answer at (%(default)s)")
    parser.add_argument("--port", type=int, default=8790, help="and the port (%(default)s)")
    asked = parser.parse_args(arguments)
    try:
        settings = Settings.of(os.environ)
        log = AuditLog(settings.audit, dry=settings.dry)
    except WrongSetting as error:
        print(f"remediation: {error}", file=sys.stderr)  # noqa: T201 - a command's talk
        return 2
    except OSError as error:
        print(f"remediation: the audit log {error.filename}: {error.strerror}", file=sys.stderr)  # noqa: T201 - likewise
        return 1
    mode = "a dry run: nothing is told to the service" if settings.dry else f"acts at {settings.service}"
    print(f"http://{asked.host}:{asked.port}/alerts - {mode}; touch {settings.stop} to stop it", flush=True)  # noqa: T201 - likewise
    asyncio.run(_serve(settings, log, asked.host, asked.port))
    return 0


async def _serve(settings: Settings, log: AuditLog, host: str, port: int) -> None:
    async with httpx.AsyncClient(base_url=settings.service, timeout=PATIENCE, trust_env=False) as client:
        control = None if settings.dry else Control(client, settings.control_token)
        healer = Healer(control, log, settings.stop, limits=settings.limits)
        server = uvicorn.Server(uvicorn.Config(app(healer, settings.token), host=host, port=port, log_level="warning"))
        await server.serve()


if __name__ == "__main__":
    sys.exit(main())
