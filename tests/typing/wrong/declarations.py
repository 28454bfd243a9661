"""Metrics, units and rules that cannot be written: each marked line is an error of types."""

from queries import (
    BYTES,
    REQUESTS,
    SECONDS,
    AlertRule,
    Counter,
    Gauge,
    Gone,
    Histogram,
    RecordingRule,
    Role,
    RuleGroup,
    absent,
    in_rule,
    label,
    rate,
    to_promql,
)
from queries.source import Source

REQUESTED = Counter("r_total", "h", REQUESTS)
number = rate(REQUESTED)
slow = number > 5

Counter("x_total", "h", "requests")  # error: expected "Unit"
Counter("x_total", "h")  # error: Missing positional argument "unit"
Counter("x_total", "h", REQUESTS, buckets=(1, 2))  # error: Unexpected keyword argument "buckets" for "Counter"
Gauge("x", "h", BYTES, [1, 2])  # error: expected "str | Label" # error: expected "str | Label"
Gauge("x", "h", BYTES, role="api")  # error: expected "Role | None"
Gauge("x", "h", BYTES, lowest=0)  # error: Unexpected keyword argument "lowest" for "Gauge"
Histogram("x", "h", SECONDS, buckets=[1, 2])  # error: expected "tuple[float, ...]"
Histogram("x", "h", SECONDS, buckets=("1", "2"))  # error: expected "tuple[float, ...]"
Role("shop", "api")  # error: Missing positional argument "job"
label("status", 200)  # error: expected "str"
REQUESTED.name = "y_total"  # error: Property "name" defined in "Counter" is read-only
SECONDS * 2  # error: Unsupported operand types for *
SECONDS("2")  # error: expected "float"
SECONDS(2) + SECONDS(2)  # error: Unsupported left operand type for +
AlertRule(alert="A", when=slow, lasting="5m", severity="page", summary="s")  # error: expected "Literal['warn
AlertRule(alert="A", when=slow, lasting="5m", severity="warnign", summary="s")  # error: expected "Literal
AlertRule(alert="A", when=number, lasting="5m", severity="warning", summary="s")  # error: expected "Condition"
AlertRule(alert="A", when=slow, severity="warning", summary="s")  # error: Missing named argument "lasting"
AlertRule(alert="A", when=slow, lasting="5m", severity="warning")  # error: Missing named argument "summary"
AlertRule("A", slow, "5m", "warning", "s")  # error: Too many positional arguments for "AlertRule"
RecordingRule("a:b:c", slow)  # error: expected "Query"
RecordingRule("a:b:c", "sum(x)")  # error: expected "Query"
RuleGroup(name="g", rules=[number])  # error: expected "RecordingRule | AlertRule | GivenAlert | GivenRecording"
RuleGroup(rules=[])  # error: Missing named argument "name"
Gone("A")  # error: Missing positional argument "summary"
absent("up")  # error: expected "Metric"
absent(number)  # error: expected "Metric"
slow & number  # error: Unsupported operand types for &
slow | 5  # error: Unsupported operand types for |
above = number > "5"  # error: Unsupported operand types for >
number.equals("5")  # error: expected "Quantity | float"
to_promql(number.expr, in_rule(5))  # error: expected "str"
Source("a.py", "1")  # error: expected "int"
