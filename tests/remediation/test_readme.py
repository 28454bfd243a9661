"""The README: its configuration can be written so, and it names every variable and no other."""

import re
import tomllib
from pathlib import Path

from cli.stack.reading import read
from examples.remediation.playbook import PLAYBOOK

FOLDER = Path(__file__).parents[2] / "examples" / "remediation"
PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r"\b(?:REMEDIATION|DASH)_[A-Z_]+\b")


def test_the_receiver_can_be_written_so(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "dash.toml").write_text(block)

    (receiver,) = read(tmp_path, tomllib.loads(block)).alertmanager.receivers

    assert (receiver.kind, receiver.options["url"]) == ("webhook", "http://127.0.0.1:8790/alerts")
    assert receiver.secrets["token"].source == "REMEDIATION_TOKEN"


def test_it_names_every_variable_and_no_other() -> None:
    known = set(VARIABLE.findall((FOLDER / "settings.py").read_text(encoding="utf-8")))

    assert known == set(VARIABLE.findall(PAGE))


def test_it_names_every_verb_of_the_playbook() -> None:
    for verb in {one.verb for one in PLAYBOOK.values()}:
        assert f"`{verb}`" in PAGE
