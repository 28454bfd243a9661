"""What big numbers and gauges make of a number: its colour, its words, its limits and its ends."""

from panels import State, bargauge, gauge, stat
from queries import BOOL, MILLISECONDS, PERCENT, SECONDS, average, latest, quantile, raw
from tests.panels.catalog import LATENCY, LOADED, MEMORY, QUALITY, errors, loaded, quality, requests
from tests.panels.drawn import defaults, made, steps


def test_a_number_that_nobody_judges_is_plain() -> None:
    fields = defaults(stat("Requests", requests()))
    assert fields["color"] == {"mode": "fixed", "fixedColor": "text"}
    assert fields["thresholds"]["steps"] == [{"color": "text", "value": None}]
    assert fields["unit"] == "reqps"


def test_a_limit_colours_the_number_and_nothing_else_does() -> None:
    panel = stat("Errors", errors(), yellow_above=PERCENT(1), red_above=0.05)
    assert defaults(panel)["color"] == {"mode": "thresholds"}
    assert steps(panel) == [(None, "green"), (0.01, "yellow"), (0.05, "red")]


def test_limits_below_are_zones_from_the_bottom() -> None:
    panel = gauge("Quality", quality(), yellow_below=0.85, red_below=0.7)
    assert steps(panel) == [(None, "red"), (0.7, "yellow"), (0.85, "green")]


def test_limits_on_both_sides_leave_the_middle_green() -> None:
    panel = stat("Quality", quality(), red_below=0.2, red_above=0.9)
    assert steps(panel) == [(None, "red"), (0.2, "green"), (0.9, "red")]


def test_a_limit_is_shown_in_the_unit_of_the_panel() -> None:
    panel = stat("Slow", quantile(0.95, LATENCY), unit=MILLISECONDS, red_above=SECONDS(2))
    assert steps(panel)[-1] == (2000, "red")
    assert defaults(panel)["unit"] == "ms"
    assert made(panel)["targets"][0]["expr"].endswith(" * 1000")


def test_a_number_without_its_course_asks_for_the_latest_value_only() -> None:
    target = made(stat("Requests", requests(), course=False))["targets"][0]
    assert (target["instant"], target["range"]) == (True, False)
    target = made(stat("Requests", requests(), course=False, calc="max"))["targets"][0]
    assert (target["instant"], target["range"]) == (False, True)


def test_a_flag_is_up_or_down_unless_other_words_are_said() -> None:
    assert defaults(stat("Loaded", loaded()))["mappings"] == [
        {
            "type": "value",
            "options": {
                "0": {"text": "down", "color": "red", "index": 0},
                "1": {"text": "up", "color": "green", "index": 1},
            },
        }
    ]
    said = defaults(stat("Loaded", loaded(), states=[State(1, "there")]))["mappings"]
    assert said == [{"type": "value", "options": {"1": {"text": "there", "index": 0}}}]
    assert defaults(stat("Loaded", loaded(), states=[]))["mappings"] == []


def test_spans_and_no_value_have_words_too() -> None:
    words = [State(None, "none"), State(0, "low", "red", up_to=0.5), State(0.5, "high", up_to=float("inf"))]
    assert defaults(stat("Quality", quality(), states=words))["mappings"] == [
        {"type": "special", "options": {"match": "null+nan", "result": {"text": "none", "index": 0}}},
        {"type": "range", "options": {"from": 0, "to": 0.5, "result": {"text": "low", "color": "red", "index": 1}}},
        {"type": "range", "options": {"from": 0.5, "to": None, "result": {"text": "high", "index": 2}}},
    ]


def test_a_gauge_takes_its_ends_from_the_number() -> None:
    fields = defaults(gauge("Errors", errors()))
    assert (fields["min"], fields["max"]) == (0, 1)
    fields = defaults(gauge("Memory", latest(MEMORY), maximum=100))
    assert (fields["min"], fields["max"]) == (0, 100)
    assert steps(gauge("Errors", errors())) == [(None, "blue")]


def test_a_bar_gauge_takes_the_ends_that_there_are() -> None:
    assert defaults(bargauge("Busiest", requests("handler")))["min"] == 0
    assert "max" not in defaults(bargauge("Busiest", requests("handler")))
    assert "min" not in defaults(bargauge("Odd", raw("x", unit=SECONDS)))


def test_the_share_of_flags_is_a_ratio_and_no_flag() -> None:
    assert average(LOADED).unit != BOOL
    assert defaults(stat("Loaded", average(LOADED), red_below=1))["mappings"] == []
    assert defaults(gauge("Quality", average(QUALITY)))["max"] == 1
