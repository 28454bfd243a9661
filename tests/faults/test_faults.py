"""300 pushes to which something happens, 30 of them killed: nothing that a person wrote is lost."""

import sys

import pytest

from tests.faults.many import many, told


def test_whatever_happens_to_a_push_no_edit_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    ran = many(300, 8, killed=30)

    figures = told(ran)
    with capsys.disabled():
        sys.stderr.write(f"\n{figures.splitlines()[-1]}\n")
    assert not [one for one in ran if one.faults], figures
    assert sum(one.edits for one in ran) > 600
    assert sum(one.struck for one in ran) > 200
