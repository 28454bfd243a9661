"""Thousands of broken inputs, and no crash, no traceback, no hang; `make thorough` tries a hundred thousand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from time import process_time

import pytest

from tests.lint.fuzz.huge import HUGE, huge
from tests.lint.fuzz.junk import WIDE
from tests.lint.fuzz.pool import outcomes
from tests.lint.fuzz.regressions import REGRESSIONS
from tests.lint.fuzz.structures import ALIASES
from tests.lint.fuzz.trials import KINDS, Trial, trial
from tests.lint.fuzz.worker import HANGS, fault, ran

#: The same in every run; a failure says its number, and `python -m tests.lint.fuzz 1 NUMBER` repeats it.
FIRST, MANY = 4_000_000, 5_000
#: A tenth of what kills a process: nobody waits longer for a file that is broken.
SLOW = 5.0


def _folder(monkeypatch: pytest.MonkeyPatch, folder: Path, one: Trial) -> None:
    monkeypatch.chdir(folder)
    for name, text in one.files.items():
        (folder / name).write_bytes(text)


def test_five_thousand_broken_inputs_are_borne() -> None:
    told = list(outcomes(range(FIRST, FIRST + MANY), os.cpu_count() or 1))
    faults = [one for one in told if one.fault]
    slowest = max(told, key=lambda one: one.seconds)

    assert len(told) == MANY
    assert not faults, "\n".join(f"{one.number} {trial(one.number).kind}: {one.fault}" for one in faults[:10])
    assert slowest.seconds < SLOW, slowest


def test_every_kind_of_input_is_among_them() -> None:
    assert {trial(number).kind for number in range(FIRST, FIRST + 1000)} == set(KINDS)


def test_what_kills_a_process_is_told_of_the_trial_that_did() -> None:
    told = list(outcomes([FIRST, HANGS, FIRST + 1], 1))

    assert [one.number for one in told] == [FIRST, HANGS, FIRST + 1]
    assert [bool(one.fault) for one in told] == [False, True, False]
    assert "SIGPROF" in told[1].fault


@pytest.mark.parametrize("one", REGRESSIONS, ids=lambda one: one.kind)
def test_what_broke_once_is_borne(one: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _folder(monkeypatch, tmp_path, one)
    began = process_time()

    assert not fault(one, ran(one))
    assert process_time() - began < SLOW


@pytest.mark.parametrize("text", ALIASES, ids=lambda text: text[:30])
def test_yaml_that_refers_to_itself_is_read_or_refused(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Trial("aliases", ("lint", "a.yml"), {"a.yml": text.encode()})
    _folder(monkeypatch, tmp_path, one)

    assert not fault(one, ran(one))
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("number", range(len(HUGE)), ids=list(HUGE))
def test_ten_megabytes_are_borne_in_ten_seconds_and_500_megabytes(number: int) -> None:
    (told,) = outcomes([-1 - number], 1)

    assert not told.fault


def test_yaml_of_ten_megabytes_is_refused_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = huge("a.yml of comments")
    _folder(monkeypatch, tmp_path, one)

    said = "a.yml: it has 10,000,011 bytes, and YAML over 2,000,000 is not read"
    assert ran(one).err == f"error: {said}\n  try: [lint] most-yaml = 11000000 in dash.toml\n"


@pytest.mark.parametrize("number", range(len(WIDE)))
def test_an_expression_of_any_width_is_judged_or_refused(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for many in (100, 5_000):
        expr = WIDE[number](many)
        page = '{"title": "x", "panels": [{"targets": [{"expr": %s}]}]}'
        one = Trial("wide", ("lint", "a.json"), {"a.json": (page % json.dumps(expr)).encode()})
        _folder(monkeypatch, tmp_path, one)
        assert not fault(one, ran(one))
