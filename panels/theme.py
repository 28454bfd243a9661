"""Colours with a meaning, and sizes: the one place that says what red is."""

from collections.abc import Mapping

from panels.panel import State
from queries import FIRING, PENDING

#: What a judged number is: fine, soon not, not. Nobody judges a number that is `PLAIN`.
GREEN, YELLOW, RED = "green", "yellow", "red"
PLAIN = "text"
#: The first step of a limit that is drawn as a line: no colour below it.
CLEAR = "transparent"

#: Percentiles have an order, and so have their colours: one hue, paler to stronger.
QUANTILES: Mapping[str, str] = {"p50": "super-light-blue", "p90": "light-blue", "p95": "blue", "p99": "dark-blue"}

#: Fixed meanings have fixed colours on every page.
STATUS: Mapping[str, str] = {
    "1xx": "super-light-blue",
    "2xx": GREEN,
    "3xx": "blue",
    "4xx": YELLOW,
    "5xx": RED,
    "success": GREEN,
    "error": RED,
}
TOKENS: Mapping[str, str] = {"input": "blue", "output": "orange"}

#: Grafana's grid.
COLUMNS = 24

#: What an alert's state is called: `alarm_states` gives the numbers.
ALARMS = (State(PENDING, "waiting", YELLOW), State(FIRING, "firing", RED))
