"""Variables in a query, as Grafana's Prometheus data source writes them."""

import pytest

from cli.verify.filling import Chosen, filled

ONE = Chosen(("a.b",))
MANY = Chosen(("a.b", "c|d"), many=True)
CHOSEN = {
    "one": ONE,
    "many": MANY,
    "single": Chosen(("a.b(c)\\d",), many=True),
    "all": Chosen(("x", "y"), many=True, raw=".+"),
    "quoted": Chosen(("it's",)),
}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ('up{job="$one"}', 'up{job="a.b"}'),
        # two backslashes in a string of PromQL are one in the regular expression
        ('up{job=~"$many"}', 'up{job=~"(a\\\\.b|c\\\\|d)"}'),
        ('up{job=~"${many}"}', 'up{job=~"(a\\\\.b|c\\\\|d)"}'),
        ('up{job=~"[[many]]"}', 'up{job=~"(a\\\\.b|c\\\\|d)"}'),
        ('up{job=~"$single"}', 'up{job=~"a\\\\.b\\\\(c\\\\)\\\\\\\\d"}'),
        ('up{job=~"$all"}', 'up{job=~".+"}'),
        ("up{job='$quoted'}", "up{job='it\\\\'s'}"),
        ('up{job=~"${many:regex}"}', 'up{job=~"(a\\.b|c\\|d)"}'),
        ('up{job=~"${many:pipe}"}', 'up{job=~"a.b|c|d"}'),
        ("${many:csv}", "a.b,c|d"),
        ("${one:raw}", "a.b"),
        ("${one.text}", "a.b"),
        ("rate(x[$__rate_interval])", "rate(x[1m])"),
        ("rate(x[${__rate_interval}])", "rate(x[1m])"),
        ("$unknown and $ones", "$unknown and $ones"),
    ],
)
def test_a_variable_is_written_as_grafana_writes_it(text: str, right: str) -> None:
    assert filled(text, CHOSEN, {"__rate_interval": "1m"}) == right
