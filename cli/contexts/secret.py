"""A secret that somebody else keeps: a variable, a file or a command tells it, when it is asked for and not before."""

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cli.errors import UsageError

KINDS = ("env", "file", "command")
SECONDS = 30.0
#: How Grafana's own tokens begin: whoever writes one where a name belongs shall not see it in an error.
TOKEN = re.compile(r"gl(?:sa|c)_|eyJ")


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret is to be had.

    Attributes:
        kind: of the place, one of KINDS.
        source: the variable's name, the file's path or the command.
        name: what people call it: "contexts.production.token".
        where: file:line of the setting.
        folder: that of the configuration, from which paths are seen.
    """

    kind: str
    source: str = field(repr=False)
    name: str
    where: str
    folder: str = ""

    def __post_init__(self) -> None:
        if TOKEN.search(self.source):
            raise self._wrong(
                "what it names looks like the secret itself", "the name of what keeps it, and a new token"
            )
        if not self.source.strip() or not self.source.isprintable():
            raise self._wrong(f"{self.kind} names nothing", '{env = "GRAFANA_TOKEN"}')
        if self.kind == "command":
            try:
                named = any(shlex.split(self.source)[:1])
            except ValueError:  # a quote that is not closed
                named = False
            if not named:
                raise self._wrong("this is no command", 'command = "op read op://vault/grafana/token"')

    def told(self, environment: Mapping[str, str], *, seconds: float = SECONDS) -> str:
        """The secret, without the line break behind it; UsageError, which never repeats it, where there is none."""
        if self.kind == "env":
            said = environment.get(self.source, "")
            missing, fix = f"the variable {self.source} is not set", f"export {self.source}=..."
        elif self.kind == "file":
            said = self._in_file()
            missing, fix = f"{self.source} is empty", "the secret, and nothing else, in that file"
        else:
            said = self._by_command(seconds)
            missing, fix = f"{self._program} printed nothing", "a command that prints the secret, and nothing else"
        if not said.strip():
            raise self._wrong(missing, fix)
        return said.removesuffix("\n").removesuffix("\r")

    @property
    def _program(self) -> str:
        return shlex.split(self.source)[0]

    def _in_file(self) -> str:
        path = Path(self.folder, os.path.expanduser(self.source))  # noqa: PTH111 - Path's own raises for ~nobody
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise self._wrong(f"{self.source} cannot be read: {error.strerror}", f"ls -l {path}") from None
        except UnicodeDecodeError:
            raise self._wrong(f"{self.source} is not UTF-8", "the secret, and nothing else, in that file") from None

    def _by_command(self, seconds: float) -> str:
        """What it prints; what it says on standard error is for the person who waits for it."""
        import subprocess  # noqa: PLC0415 - a build reads the settings and runs nothing

        again = "the same command in a terminal: it must print the secret, and nothing else"
        try:
            ran = subprocess.run(  # noqa: S603 - the user's own command, without a shell
                shlex.split(self.source),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                cwd=self.folder or None,
                timeout=seconds,
                check=False,
            )
            if ran.returncode:
                raise self._wrong(f"{self._program} failed (exit {ran.returncode})", again)
            return ran.stdout.decode()
        except subprocess.TimeoutExpired:
            raise self._wrong(f"{self._program} took longer than {seconds:g} seconds", again) from None
        except OSError as error:
            raise self._wrong(f"{self._program} cannot be run: {error.strerror}", again) from None
        except UnicodeDecodeError:
            raise self._wrong(f"what {self._program} prints is not UTF-8", again) from None

    def _wrong(self, what: str, fix: str) -> UsageError:
        return UsageError(f"{self.name}: {what}", where=self.where, fix=fix)
