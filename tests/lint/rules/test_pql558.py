"""PQL558: what a text asks while the alert fires is read as it is when the file is checked."""

import pytest

from tests.lint.rules.alerts import NOTHING, alert, judged, severities


@pytest.mark.parametrize(
    "text",
    [
        '{{ with query "sum(up" }}{{ . | first | value }}{{ end }}',
        '{{ query "sum(up" | first | value }}',
        '{{ "sum(up" | query | first | value }}',
        '{{ range $one := ("sum(up" | query) }}x{{ end }}',
        "{{ range query `sum(up` }}x{{ end }}",
        '{{ $all := "sum(up" | query }}x',
        '{{ range query "sum by (job) (up" }}{{ .Value }}{{ end }}{{ query "up" }}',
    ],
)
def test_a_query_that_does_not_parse_is_told(text: str) -> None:
    [found] = judged("PQL558", alert("up == 0", annotations={"summary": text}), known=NOTHING)

    assert "the annotation summary asks 'sum" in found.message
    assert severities("PQL558", alert("up == 0", labels={"of": text}), known=NOTHING) == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        '{{ with query "sum(up)" }}{{ . | first | value }}{{ end }}',
        '{{ query "up{job=\\"a\\"} == 0" | first | value }}',
        '{{ with printf "sum(up{job=%q}" $labels.job | query }}{{ . }}{{ end }}',
        '{{ printf "%s" "sum(up" | query }}',
        '{{ query (printf "sum(up" ) }}',
        "{{ query $labels.query }}",
        '{{ "sum(up" | title | query }}',
        'query "sum(up"',
        '{{ query "sum(up" ',
        "{{ query }}",
    ],
)
def test_what_parses_or_is_not_known_yet_is_let_pass(text: str) -> None:
    assert severities("PQL558", alert("up == 0", annotations={"summary": text}), known=NOTHING) == []
