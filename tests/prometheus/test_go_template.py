"""A text of an alert parses here exactly when Prometheus takes it: random texts, judged by promtool."""

import random
import re
import subprocess
from pathlib import Path

import orjson

from cli.lint.go_template import actions_of
from cli.lint.go_words import NotATemplate
from tests.prometheus.promtool import NEEDS_PROMTOOL, PROMTOOL

pytestmark = NEEDS_PROMTOOL
HOW_MANY = 4000
WORDS = re.findall(
    r"\S+",
    """$value $labels.x $labels.a.b .Labels.x . $ $x $i humanize foo printf "%.2f" query `up` first 1 -2.5 0x1f 1e3 nil
    true ( ) | := = , if else end range with define template block break continue "n" 'a' 'ab' index $externalLabels.a
    len - + [ } @ .Value and eq /*c*/""",
)
PIECES = [
    "{{ if $value }}",
    "{{ else }}",
    "{{ end }}",
    "{{end}}",
    '{{ range $i, $x := query "up" }}',
    "{{ with $x := $labels.x }}",
    "{{ $x }}",
    "{{- $value -}}",
    "{{$value|humanize}}",
    "{{/* c */}}",
    "{{- /* c */ -}}",
    "{{ else if $value }}",
    '{{ define "n" }}',
    '{{ template "n" . }}',
    '{{block "n" .}}',
    "{{ break }}",
    "{{ $x := 1 }}",
    "{{ $x = 2 }}",
    '{{ (index $labels "x").y }}',
    '{{ printf "%s" $labels.x | query | first | value }}',
    "{{ $value",
    "}}",
    "{{",
    "{{ }}",
    "{{ ($value) | humanize }}",
    "text ",
]


def _text(chance: random.Random) -> str:
    made: list[str] = []
    for _ in range(chance.randint(1, 5)):
        if chance.random() < 0.6:  # more pieces than words: those are rarely right
            made.append(chance.choice(PIECES))
        else:
            words = [chance.choice(WORDS) for _ in range(chance.randint(1, 5))]
            made.append("{{ " + chance.choice([" ", ""]).join(words) + " }}")
    return "".join(made)


def _refused(texts: list[str], folder: Path) -> set[int]:
    rules = [{"alert": f"A{n}", "expr": "up == 0", "annotations": {"t": text}} for n, text in enumerate(texts)]
    (folder / "rules.yaml").write_bytes(orjson.dumps({"groups": [{"name": "g", "rules": rules}]}))
    assert PROMTOOL is not None
    command = [PROMTOOL, "check", "rules", "rules.yaml"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return {int(found) for found in re.findall(r'rule \d+, "A(\d+)": annotation', done.stdout + done.stderr)}


def test_a_text_parses_when_prometheus_takes_it(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 - no secrets
    texts = [_text(chance) for _ in range(HOW_MANY)]
    refused = _refused(texts, tmp_path)
    assert 0 < len(refused) < HOW_MANY
    for number, text in enumerate(texts):
        try:
            actions_of(text)
            why = ""
        except NotATemplate as fault:
            why = fault.why
        assert bool(why) == (number in refused), f"seed {seed}: {text!r}: {why or 'parses here'}"
