"""What promtool printed, file by file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_HEADER = "Unit Testing:  "


@dataclass(frozen=True, slots=True)
class Told:
    """What promtool said of one file.

    Attributes:
        passed: whether it has nothing against it.
        text: what it has against it, in its own words.
        stuck: whether it had to be stopped, or ended, while it was at this file.
        signal: what ended it, "SIGSEGV"; empty where it ended by itself or was stopped by us.
    """

    passed: bool
    text: str = ""
    stuck: bool = False
    signal: str = ""


def of_tests(answer: Told, files: Sequence[str]) -> dict[str, Told]:
    """What is said of each file; where it stopped in the middle, that file has its verdict, too."""
    known = frozenset(files)
    told: dict[str, Told] = {}
    last = ""
    for part in answer.text.split(_HEADER)[1:]:
        file, _, said = part.partition("\n")
        if file.strip() not in known:  # a text of somebody's holds our word
            if last:
                told[last] = Told(passed=False, text=f"{told[last].text}{_HEADER}{part}")
            continue
        last = file.strip()
        words = said.strip()
        told[last] = Told(words == "SUCCESS" or words.endswith("\n  SUCCESS"), words)
    missing = [one for one in files if one not in told]
    if last and (missing or answer.stuck):
        said = told[last].text
        if not told[last].passed and "FAILED:" not in said:
            told[last] = Told(passed=False, text=said, stuck=True)
    elif missing and answer.stuck:
        told[missing[0]] = Told(passed=False, text="", stuck=True)
    return told


def of_rules(text: str, files: Sequence[str]) -> dict[str, str]:
    """What is said of each file: every line of it begins with the file's name, or belongs to the one above."""
    told: dict[str, list[str]] = {}
    last: list[str] = []
    for line in text.splitlines():
        name, colon, said = line.partition(": ")
        if colon and name in files:
            last = told.setdefault(name, [])
            if said not in last:
                last.append(said)
        elif line.strip() == "FAILED:" or line.startswith(("Checking ", "  SUCCESS")):
            last = []
        elif last and line.strip():
            last[-1] += f"\n{line}"
    return {name: "\n".join(said) for name, said in told.items()}
