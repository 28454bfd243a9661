"""What a person reads: the place, the fault, the carets, what to type instead; and nothing that a file smuggles in."""

import pytest

from cli.lint.finding import Severity
from cli.lint.report.excerpt import LONGEST, excerpt
from cli.lint.report.text import Style, counted, statistics, text
from cli.lint.subject import Unreadable
from tests.lint.findings import EXPR, finding, result


def test_a_finding_says_where_and_what_and_what_to_type_instead() -> None:
    assert text(result(finding())).splitlines() == [
        "x.json:31:17: error PQL121 rate() of the gauge queue_depth",
        '  panel "Errors", query A',
        "    sum(rate(queue_depth[5m]))",
        "        ^^^^^^^^^^^^^^^^^^^^^",
        "  try: deriv(queue_depth[5m])",
    ]


def test_what_there_is_nothing_of_takes_no_line() -> None:
    bare = finding(hint="", where="", expr="", span=None, line=0)

    assert text(result(bare)) == "x.json: error PQL121 rate() of the gauge queue_depth"


def test_the_same_fault_of_the_same_expression_is_told_once_with_its_places() -> None:
    other = finding(line=40, where='panel "Latency", query B')
    said = text(result(finding(), other, finding(file="y.json"))).splitlines()

    assert '  also at x.json:40:17, panel "Latency", query B' in said
    assert sum(" error PQL121 " in line for line in said) == 2


def test_of_many_places_a_few_are_named_and_the_rest_counted() -> None:
    said = text(result(*(finding(line=line) for line in range(1, 21)))).splitlines()

    assert sum(line.startswith("  also at") for line in said) == 5
    assert said[-1] == "  and 14 more"


def test_findings_without_an_expression_are_never_taken_for_one_another() -> None:
    said = text(result(*(finding(expr="", span=None, line=line) for line in (1, 2))))

    assert said.count("error PQL121") == 2


def test_a_page_written_in_python_is_mended_there() -> None:
    said = text(result(finding(source="dashboards_py/ai_api.py:31"))).splitlines()

    assert said[0].startswith("dashboards_py/ai_api.py:31: error")
    assert said[1] == '  panel "Errors", query A, in x.json:31:17'


def test_the_caret_stands_in_the_line_of_many_that_is_meant() -> None:
    expr = "sum(\n    rate(x[5m])\n)"

    assert excerpt(expr, (9, 20)) == ("rate(x[5m])", "^^^^^^^^^^^")
    assert excerpt(expr, None) == ("sum(", "^^^^")
    assert excerpt("sum(\tx)", (5, 6)) == ("sum( x)", "     ^")


@pytest.mark.parametrize("span", [(0, 0), (999, 1000), (-5, 3), (25, 26), (26, 26), (5, 2)])
def test_a_span_that_lies_elsewhere_breaks_nothing(span: tuple[int, int]) -> None:
    line, carets = excerpt(EXPR, span)

    assert line == EXPR
    assert set(carets) <= {" ", "^"}
    assert "^" in carets


def test_an_empty_expression_breaks_nothing() -> None:
    assert excerpt("", None) == ("", "^")
    assert excerpt(" \n ", (1, 2)) == ("", "^")


def test_wide_letters_take_two_columns_and_accents_none() -> None:
    assert excerpt('up{a="日本"}', (3, 9))[1] == "   " + "^" * 8
    assert excerpt("e\u0301 + x", (5, 6))[1] == "    ^"


def test_a_long_line_shows_what_is_meant_and_something_around_it() -> None:
    expr = "x + " * 500 + "bad" + " + x" * 500
    line, carets = excerpt(expr, (2000, 2003))

    assert len(line) <= LONGEST + 6
    assert line[carets.index("^") : carets.rindex("^") + 1] == "bad"
    assert line.startswith("...")
    assert line.endswith("...")


def test_a_long_part_is_cut() -> None:
    line, carets = excerpt("x" * 10_000, None)

    assert len(line) <= LONGEST + 3
    assert len(carets) == len(line)


HOSTILE = "\x1b[31mred\x1b[0m\x07\r\u202etxt\udc80\x9b2J"


def test_nothing_that_a_file_says_reaches_the_terminal_as_an_order() -> None:
    bad = finding(message=HOSTILE, hint=HOSTILE, where=HOSTILE, expr=HOSTILE, file=HOSTILE, span=(3, 8))
    said = text(result(bad, finding(message=HOSTILE, file=HOSTILE + "\n")))

    assert all(sign.isprintable() or sign == "\n" for sign in said)
    assert r"\x1b[31mred\x1b[0m\x07\r\u202etxt\udc80\x9b2J" in said
    assert len(said.splitlines()) == 10
    said.encode()


def test_colours_mark_the_severity_and_leave_the_text_alone() -> None:
    def paint(style: Style, said: str) -> str:
        return f"<{style}>{said}</>"

    said = text(result(finding(severity=Severity.WARNING)), paint).splitlines()

    assert said[0].startswith("<place>x.json:31:17</>: <warning>warning PQL121</> rate()")
    assert said[3] == "        <warning>^^^^^^^^^^^^^^^^^^^^^</>"
    assert said[4].startswith("  <try>try:</> ")


def test_the_last_line_counts() -> None:
    found = [finding(), finding(severity=Severity.WARNING), finding(severity=Severity.WARNING)]
    found += [finding(severity=Severity.INFO)]

    assert counted(result(*found)) == "1 error, 2 warnings, 1 information in 57 expressions of 3 files"
    assert counted(result(expressions=1, files=1)) == "no findings in 1 expression of 1 file"
    besides = result(suppressed=2, known=5, skipped=1, unreadable=(Unreadable("y.json", "it is empty"),))
    assert counted(besides).endswith(
        "; 2 suppressed, 5 in the baseline, 1 query in another language, 1 file could not be read"
    )


def test_statistics_begin_with_the_most_frequent_rule() -> None:
    said = statistics(result(finding(rule="PQL990"), *[finding()] * 12, finding(rule="SHOP1")))

    assert said.splitlines() == [
        "PQL121  12  rate() of a gauge",
        "PQL990   1  suppression without a reason",
        "SHOP1    1  ",
    ]
