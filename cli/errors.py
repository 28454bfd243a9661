"""Everything `dash` can fail with, each with its exit code.

* DashError
  + UsageError          the command line or the configuration is wrong       2
  + AuthoringError      a page, panel, query or rule module is wrong         3
  + RemoteError         Grafana or Prometheus said no, or nothing            4
    - Unreachable       nothing answered, or not Grafana
    - Refused           it answered, and we may not
"""

from typing import ClassVar

from cli.exit_codes import Exit


class DashError(Exception):
    """Something a person can put right: what is wrong, where, and what to type next."""

    exit: ClassVar[Exit] = Exit.BUG

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.fix = what, where, fix

    @property
    def sentence(self) -> str:
        """On one line, where it is one reason among others."""
        what = f"{self.where}: {self.what}" if self.where else self.what
        return f"{what}; {self.fix}" if self.fix else what

    def __str__(self) -> str:
        first = f"{self.where}: {self.what}" if self.where else self.what
        return f"{first}\n  try: {self.fix}" if self.fix else first


class UsageError(DashError):
    """The command line or the configuration is wrong."""

    exit = Exit.USAGE


class AuthoringError(DashError):
    """A page, panel, query or rule module is wrong."""

    exit = Exit.AUTHORING


class RemoteError(DashError):
    """Grafana or Prometheus said no, or nothing."""

    exit = Exit.REMOTE


class Unreachable(RemoteError):
    """Nothing answered, or what answered is not Grafana."""


class Refused(RemoteError):
    """It answered, and we may not."""
