"""Rule files that Prometheus would not take: promtool's words in ours, at the line of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cli.lint.reading.members import objects
from cli.prometheus.promtool import Promtool
from cli.prometheus.scratch import scratch
from cli.scenarios.rules import Rules
from cli.scenarios.trial import Fault, Place, place_of
from cli.scenarios.verbatim import scalar

_LINE = re.compile(
    r"(?:(?P<line>\d+):(?P<column>\d+): )?"
    r"(?:group \"(?P<group>.*?)\", rule (?P<rule>\d+), \"(?P<name>.*?)\": )?(?P<what>.*)"
)
_INSIDE = re.compile(r"line (\d+): (.*)")
_DURATION = re.compile(r'not a valid duration string: "(.*)"')
#: Where a group and a rule say a duration.
OF_GROUP, OF_RULE = ("interval", "query_offset"), ("for", "keep_firing_for")
#: What promtool puts before the sentence itself.
_NOISE = ("yaml: unmarshal errors:", "yaml: ")


def refusals(every: Sequence[Rules], promtool: Promtool) -> dict[Rules, list[Fault]]:
    """What is wrong with each rule file that promtool refuses."""
    if not every:
        return {}
    names = {f"rules{number}.yaml": rules for number, rules in enumerate(every)}
    with scratch() as folder:
        for name, rules in names.items():
            (folder / name).write_bytes(rules.content)
        told = promtool.check_rules(list(names), folder)
    return {names[name]: list(_faults(names[name], text)) for name, text in told.items()}


def _faults(rules: Rules, text: str) -> Iterator[Fault]:
    lines = [line for line in text.splitlines() if line.strip() and line.strip() != _NOISE[0]]
    for line in lines or [text]:
        found = _LINE.fullmatch(line.strip())
        inside = _INSIDE.search(line)
        if found is None or (inside and rules.text is not None):
            place = Place(rules.file, int(inside[1]), 1) if inside else Place(rules.file)
            yield Fault(_told(inside[2] if inside else line), place, "broken")
            continue
        whose = f"{found['name'] or 'a rule'} of group {found['group']}: " if found["group"] is not None else ""
        place = Place(rules.file)
        if found["line"] and rules.text is not None:
            place = Place(rules.file, int(found["line"]), int(found["column"]))
        elif found["group"] is not None:
            place = _of_rule(rules, found["group"], int(found["rule"]) - 1)
        elif duration := _DURATION.search(found["what"]):
            place = _of_duration(rules, duration[1])
        yield Fault(f"{whose}{_told(found['what'])}", place, "broken")


def _of_rule(rules: Rules, group: str, number: int) -> Place:
    for one in rules.read:
        if one.name == group:
            return place_of(one.spot, ("rules", number))
    return Place(rules.file)


def _of_duration(rules: Rules, said: str) -> Place:
    """The first duration that is written so: promtool does not say where it read it."""
    for group, read in zip(rules.groups, rules.read, strict=True):
        document, path = read.spot.document, read.spot.path
        for key in OF_GROUP:
            if key in group and scalar(document, (*path, key), group[key]) == said:
                return place_of(read.spot, (key,))
        for number, rule in objects(group, "rules"):
            for key in OF_RULE:
                if rule.get(key) == said:
                    return place_of(read.spot, ("rules", number, key))
    return Place(rules.file)


def _told(what: str) -> str:
    said = what.strip()
    for noise in _NOISE:
        said = said.removeprefix(noise).strip()
    found = re.fullmatch(r"field (\S+) not found in type \S+", said)
    return f"Prometheus knows no field {found[1]!r} here" if found else f"Prometheus takes no such rule: {said}"
