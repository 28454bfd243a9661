"""A receiver that no alert reaches: an error or a note of the build, at the line that names what no alert bears."""

import pytest

from tests.compile.shop import ALERTS, Shop

HEAD = '[alertmanager.receivers.a]\nkind = "webhook"\nurl = "http://bridge:80/"\n'
TEAM = ALERTS.replace('severity="critical"', 'severity="critical", team="ml-ops"')
GIVEN = """
from queries import GivenAlert, RuleGroup

group = RuleGroup(name="theirs", rules=[GivenAlert(alert="Down", expr="up == 0", labels={LABELS})], labels={GROUP})
"""


def _given(labels: str, group: str = "") -> str:
    return GIVEN.replace("{LABELS}", f"{{{labels}}}").replace("{GROUP}", f"{{{group}}}")


def test_a_severity_that_no_alert_has_is_an_error_and_nothing_is_written(shop: Shop) -> None:
    before = shop.contents()
    shop.write("dash.toml", f'{HEAD}severity = ["critcal"]\n')

    ran = shop.builds()

    assert (ran.code, ran.err.splitlines()[0]) == (2, "error: dash.toml:4: no alert has the severity 'critcal'")
    assert ran.err.splitlines()[1] == "  try: did you mean 'critical'? there are: critical, warning"
    assert shop.contents() == before


@pytest.mark.parametrize("severity", ["critical", "warning", "page"])
def test_one_that_is_usual_or_an_alerts_own_is_none(severity: str, shop: Shop) -> None:
    """Also where no alert has it yet: `warning` is nobody's here."""
    shop.write("src/shop/theirs.py", _given('"severity": "page"'))
    shop.write("dash.toml", f'{HEAD}severity = ["{severity}"]\n')

    ran = shop.builds()

    assert (ran.code, ran.err) == (0, "")


def test_a_team_that_no_alert_has_is_a_note(shop: Shop) -> None:
    shop.write("src/shop/alerts.py", TEAM)
    shop.write("dash.toml", f'{HEAD}team = ["ml-ops", "ml-opps"]\n')

    ran = shop.builds()

    assert ran.code == 0
    assert ran.err == "note: dash.toml:4: no alert has the team 'ml-opps'; did you mean 'ml-ops'? there are: ml-ops\n"


def test_while_a_module_is_broken_nobody_says_what_alerts_there_are(shop: Shop) -> None:
    shop.write("src/shop/alerts.py", "1 / 0\n")
    shop.write("dash.toml", f'{HEAD}severity = ["page"]\nteam = ["ml-ops"]\n')

    ran = shop.builds()

    assert ran.code == 3
    assert "no alert has" not in ran.err


def test_a_label_of_a_template_may_be_anything(shop: Shop) -> None:
    shop.write("src/shop/theirs.py", _given('"severity": "{{ $labels.severity }}"'))
    shop.write("dash.toml", f'{HEAD}severity = ["page"]\n')

    assert shop.builds().code == 0


def test_what_every_alert_gets_on_its_way_counts(shop: Shop) -> None:
    shop.write("dash.toml", f'[prometheus]\nexternal_labels = {{team = "eu"}}\n{HEAD}team = ["eu"]\n')

    ran = shop.builds()

    assert (ran.code, ran.err) == (0, "")


def test_the_label_of_a_group_is_its_alerts(shop: Shop) -> None:
    shop.write("src/shop/theirs.py", _given('"severity": "page"', '"team": "theirs"'))
    shop.write("dash.toml", f'{HEAD}severity = ["page"]\nteam = ["theirs"]\n')

    ran = shop.builds()

    assert (ran.code, ran.err) == (0, "")
