"""What a Grafana says reaches no terminal as it is."""

import pytest

from tests.command_line import Dash
from tests.push.building import Build, page
from tests.stand_in import StandIn

#: Escapes, a C1 control that a terminal takes for one, and a sign that turns the direction of writing.
OBEYED = ("\x1b", "\x9b", "\u202e", "\u200b", "\x07")
TITLE = "A\x1b[2J\x9b31m\u202eB\u200b\x07"


@pytest.mark.parametrize("output", [(), ("--stat",), ("--output", "json"), ("--output", "markdown")])
def test_no_escape_reaches_the_terminal(dash: Dash, build: Build, grafana: StandIn, output: tuple[str, ...]) -> None:
    grafana.plant("folder", TITLE, is_folder=True)
    build.put(page("api", panels=[]), "AI")
    grafana.plant("api", TITLE, "folder", tags=["dash:shop"], description=TITLE, panels=[])
    grafana.plant(f"u{TITLE}", TITLE, tags=["dash:shop"], panels=[])

    said = dash("diff", *output)

    assert said.code in (1, 2)  # 2: no Grafana has pages with such a uid, so that it is not asked for it
    assert not [sign for sign in OBEYED if sign in said.out + said.err]


def test_json_still_says_what_it_is(dash: Dash, build: Build, grafana: StandIn) -> None:
    build.put(page("api", panels=[]))
    grafana.plant("api", TITLE, tags=["dash:shop"], panels=[])

    assert dash("diff", "--output", "json").json["pages"][0]["title"] == TITLE
