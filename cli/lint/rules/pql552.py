"""PQL552: a text is no template, and Prometheus takes no rule of its file."""

from cli.lint.annotation import template, texts
from cli.lint.finding import Severity
from cli.lint.go_template import FUNCTIONS
from cli.lint.go_words import NotATemplate
from cli.lint.mentioned import mentions
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.subject import Alert, Group

#: What newer or other servers know.
ELSEWHERE = {
    **dict.fromkeys(("now", "toDuration", "urlQueryEscape"), "a newer Prometheus"),
    **dict.fromkeys(("$activeAt", "$alertID", "$groupID", "$expr", "$for", "$type", "$isPartial"), "vmalert"),
    **dict.fromkeys(("crlfEscape", "formatTime", "htmlEscape", "jsonEscape", "parseDurationTime"), "vmalert"),
    **dict.fromkeys(("pathEscape", "queryEscape", "quotesEscape"), "vmalert"),
    **dict.fromkeys(("include", "required", "default", "quote", "squote", "tpl", "toYaml", "nindent"), "Helm"),
}
#: Who else writes `{{` somewhere in a file fills its texts before Prometheus sees them.
FILLED_BEFORE = ("{%", "'{{'", "'}}'", ".Values.", ".Release.", ".Chart.")


def _of_alert(alert: Alert, _: Group, __: World) -> Faults:
    if alert.managed:
        return  # Grafana shows the text with the error in it and goes on
    for kind, key, text in texts(alert):
        found = template(text)
        if isinstance(found, NotATemplate):
            where = ELSEWHERE.get(found.name)
            unsure = where is not None or mentions(alert.spot.document.text, *FILLED_BEFORE)
            yield Fault(
                f"the {'label' if kind == 'labels' else 'annotation'} {key} does not parse: {found.why}"
                + (f", which {where} knows" if where else ""),
                None,
                _hint(found),
                spot=alert.spot.below(kind, key),
                severity=Severity.WARNING if unsure else None,
            )


def _hint(fault: NotATemplate) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a finding pays for it

    if not fault.name:
        return ""
    if fault.name in ("labels", "externalLabels"):
        return f"${fault.name}"
    if fault.name.startswith("$"):
        known = ["$labels", "$value", "$externalLabels", "$externalURL"]
    else:
        known = sorted(FUNCTIONS)
    close = get_close_matches(fault.name, known, 1)
    return f"did you mean {close[0]}?" if close else "a label is $labels.name, the value is $value"


RULE = Rule(
    id="PQL552",
    title="a text that is no template",
    severity=Severity.ERROR,
    why="""Prometheus reads every text of every alert when it loads a file. One brace too few or one function that does
    not exist, and it takes none of the file: at a start it does not come up, at a reload the old rules stay without a
    word to whoever wrote the new ones.""",
    wrong=Example(
        rules="""groups:
- name: example
  rules:
  - {alert: Busy, expr: sum(queue_depth) > 100, for: 5m, annotations: {summary: '{{ $value | humanise }} wait'}}
"""
    ),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - {alert: Busy, expr: sum(queue_depth) > 100, for: 5m, annotations: {summary: '{{ $value | humanize }} wait'}}
"""
    ),
    also=("pint alerts/template", "promtool check rules"),
    of_alert=_of_alert,
)
