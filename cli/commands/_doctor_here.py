"""This machine as `dash` finds it: the program, the name that the shell would run, `dash.toml`, the build."""

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from cli.artifact.manifest import Manifest
from cli.commands._doctor_check import Check
from cli.contexts import Contexts

NAME, OTHER = "dash", "dashboards-py"
#: What pip writes into the script that starts us.
OURS = b"cli.main"
ENOUGH = 4096


def here(contexts: Contexts, made: Manifest | None, build: Path) -> Iterator[Check]:
    """Every check that needs no Grafana."""
    yield Check("program", True, f"{OTHER} {_version()}, Python {platform.python_version()} ({sys.executable})")
    yield shell(os.environ.get("PATH", ""))
    if contexts.named:
        default = f", {contexts.default} where none is named" if contexts.default else ""
        yield Check("contexts", True, f"{', '.join(contexts.named)}{default}")
    if made is None:
        yield Check("build", None, f"nothing is built in {build}: what its pages need is not known", "dash build")
    elif made.partial or made.stale():
        yield Check("build", None, f"the build in {build} is not whole", "dash build")
    else:
        number = len(made.pages)
        yield Check("build", True, f"{number} page{'' if number == 1 else 's'} in {build}")


def shell(path: str) -> Check:
    """Which program a shell with this PATH runs for `dash`; on Debian that name is a shell's own."""
    found, other = _first(NAME, path), _first(OTHER, path)
    instead = OTHER if other and _is_ours(other) else f"{sys.executable} -m cli"
    if found is None:
        return Check("shell", None, f"no {NAME} is on the PATH", instead)
    if not _is_ours(found):
        return Check(
            "shell",
            None,
            f"{NAME} is {found}, not ours; a shell of that name runs what lies in build/, in silence",
            instead,
        )
    mine = Path(sys.executable).parent
    if found.parent != mine and found.resolve().parent != mine.resolve():
        return Check("shell", None, f"{NAME} is {found}, of another environment than {sys.executable}", instead)
    return Check("shell", True, f"{NAME} is {found}")


def _first(name: str, path: str) -> Path | None:
    """As a shell looks: from left to right, an empty folder being this one."""
    for folder in path.split(os.pathsep) if path else ():
        file = Path(folder or ".", name)
        if file.is_file() and os.access(file, os.X_OK):
            return file
    return None


def _is_ours(file: Path) -> bool:
    try:
        with file.open("rb") as script:
            return OURS in script.read(ENOUGH)
    except OSError:
        return False


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - it loads half of email

    try:
        return version(OTHER)
    except PackageNotFoundError:
        return "from its sources"
