"""What promtool has against a test in its own format: what is expected, what is there, what differs in our words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cli.scenarios.answers import ALERT, EXPR, FAILED, RULE, Firing, Sample, firing_of, samples_of, unquoted
from cli.scenarios.wording import listed, values


class Compared(NamedTuple):
    """One thing that is not as a test of promtool's own format expects it.

    Attributes:
        name: of the alert or the rule, or the expression.
        error: why it could not be evaluated; empty where it could.
    """

    name: str
    at: str
    is_alert: bool = False
    is_rule: bool = False
    error: str = ""
    expected: tuple[Firing, ...] | tuple[Sample, ...] = ()
    got: tuple[Firing, ...] | tuple[Sample, ...] = ()


def sections(text: str) -> list[str]:
    """Each thing that promtool has against a test, apart."""
    lines = text.partition(FAILED)[2].strip("\n").splitlines()
    begun: list[list[str]] = []
    for line in lines:
        begins = re.match(r" {0,4}(?:expr|alertname|rule): ", line)
        if re.match(r" {0,4}name: ", line) or not line.strip():
            continue
        if begins or not begun or not line.startswith("     "):
            begun.append([])
        begun[-1].append(line)
    return ["\n".join(one) for one in begun]


def compared(section: str) -> Compared | None:
    """What is expected and what is there; None where promtool says something else."""
    if found := EXPR.search(section):
        expr = unquoted(found[1])
        if found["error"] is not None:
            return Compared(expr, found[2], error=found["error"])
        expected = section.partition("exp:")[2].partition("\n")[0]
        return Compared(expr, found[2], expected=tuple(samples_of(expected)), got=tuple(samples_of(found["got"])))
    if found := ALERT.search(section):
        expected = section.partition("exp:")[2].partition("got:")[0]
        return Compared(
            found["name"],
            found["at"],
            is_alert=True,
            expected=tuple(firing_of(expected)),
            got=tuple(firing_of(found["got"])),
        )
    if found := RULE.search(section):
        return Compared(found["rule"], found["at"], is_rule=True, error=found["error"])
    return None


def differing(said: Compared) -> str:
    """What is wrong by a test in promtool's own format, which wants exactly what it says."""
    if not said.is_alert:
        return f"{said.name} should be {_all(said.expected)} at {said.at} and is {_all(said.got)}"
    expected = [one for one in said.expected if isinstance(one, Firing)]
    got = [one for one in said.got if isinstance(one, Firing)]
    if not got:
        return f"{said.name} should fire at {said.at} with {listed([one.labels for one in expected])} and does not"
    if not expected:
        return f"{said.name} should not fire at {said.at} and does: {listed([one.labels for one in got])}"
    if len(expected) != len(got):
        fires = listed([one.labels for one in got])
        return f"{len(expected)} of {said.name} should fire at {said.at}, and {len(got)} do: {fires}"
    told: list[str] = []
    for should, is_ in zip(expected, got, strict=True):  # promtool has sorted both
        told += _differences("label", should.labels, is_.labels)
        told += _differences("annotation", should.annotations, is_.annotations)
    return f"{said.name} at {said.at}: {'; '.join(dict.fromkeys(told))}"


def _differences(what: str, should: Mapping[str, str], is_: Mapping[str, str]) -> Iterator[str]:
    for key in dict.fromkeys((*should, *is_)):
        if should.get(key) != is_.get(key):
            yield f"its {what} {key} should be {_said(should.get(key))} and is {_said(is_.get(key))}"


def _said(text: str | None) -> str:
    return "nothing" if text is None else repr(text)


def _all(those: Sequence[Sample] | Sequence[Firing]) -> str:
    return values([one for one in those if isinstance(one, Sample)]) or "nothing"
