"""What can happen to a value of JSON or YAML: members of the wrong type, gone, from elsewhere, far too deep."""

from __future__ import annotations

import json
from copy import deepcopy
from random import Random
from typing import Any

from tests.lint.fuzz.mutations import broken_expr, long
from tests.lint.fuzz.seeds import exprs

#: Values that nobody expects where they stand.
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        1e300,
        2**63,
        -(2**63),
        10**400,
        "",
        " ",
        "\0",
        "a\nb",
        "\x1b[31mred",
        "\u202e",
        "\ud800",
    ),
    *(
        [],
        {},
        [[]],
        [{}],
        {"": ""},
        [None],
        ["a", 1],
        {"a": {"a": {}}},
        "row",
        "$x",
        "${x}",
        "-- Mixed --",
        "1h",
        "-5m",
        "9" * 400,
    ),
    *({"uid": []}, {"type": 7}, {"type": "loki"}, {"list": 3}, {"query": {"query": []}}, {"steps": [{"value": "x"}]}),
)
BOMB = "a: &a0 [x, x]\n" + "".join(f"b{n}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(9))
#: YAML that refers to itself, or says things that only YAML can say.
ALIASES = (
    "&a\ngroups: *a\n",
    "&a [*a, *a]\n",
    "groups: &g\n- name: x\n  rules: *g\n",
    "groups:\n- &a {name: a, rules: &r [{alert: A, expr: up, labels: &l {x: *l}}]}\n",
    "x: &x {<<: *x}\ngroups: []\n",
    "d: &d {<<: [{a: 1}, {b: 2}], <<: {c: 3}}\ngroups: [{<<: *d, name: a, rules: [{<<: 7, alert: A, expr: up}]}]\n",
    f"{BOMB}groups: *a9\n",
    f"{BOMB}groups:\n- {{name: a, rules: [{{alert: A, expr: up, labels: *a3}}]}}\n",
    "? {a: b}\n: groups\n",
    "groups: !!set {a, b}\n",
    "groups: !!python/object/apply:os.system [touch pwned]\n",
    "groups: [{name: !!binary aGFsbG8=, rules: [{alert: !!int 3, expr: !!str 5, for: !!timestamp 2001-01-01}]}]\n",
    "--- !!omap\n- groups: 1\n--- &x\n--- *x\n...\n...\n",
    "%TAG ! tag:x,2000:\n---\ngroups: !foo []\n",
    "groups: [{name: a, rules: [{alert: A, expr: &e up}, {alert: B, expr: *e}, {alert: *e, expr: *e}]}]\n",
)


def changed(value: Any, chance: Random) -> Any:
    """The value with one to five of its members changed."""
    held = {"": deepcopy(value)}
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        _change(*_somewhere(held, chance), held, chance)
    return held[""]


def lengthened(value: Any, chance: Random) -> Any:
    """The value with one of its texts, or two, far too long."""
    held = {"": deepcopy(value)}
    texts = [(holder, key) for holder, key in _places(held) if isinstance(holder[key], str)]
    for holder, key in chance.choices(texts, k=2):
        holder[key] = long(chance)
    return held[""]


def written(value: Any, chance: Random) -> bytes:
    """As JSON in one of the forms in which files come, or as YAML."""
    indent = chance.choice((None, None, 2, "\t"))
    text = json.dumps(value, indent=indent, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.05:
        text = text.replace("{", '{"expr": "up", ', 1)  # a key twice
    return text.encode("utf-8", "surrogatepass")


def _somewhere(held: Any, chance: Random) -> tuple[Any, Any]:
    """A holder and one of its keys; deep ones are as likely as those at the top."""
    return chance.choice(_places(held))


def _places(held: Any) -> list[tuple[Any, Any]]:
    places: list[tuple[Any, Any]] = []
    left = [held]
    while left:
        one = left.pop()
        keys: Any = list(one) if isinstance(one, dict) else range(len(one))
        places += [(one, key) for key in keys]
        left += [one[key] for key in keys if isinstance(one[key], dict | list)]
    return places


def _change(holder: Any, key: Any, held: Any, chance: Random) -> None:
    old = holder[key]
    match chance.randrange(10):
        case 0 | 1 | 2:
            holder[key] = deepcopy(chance.choice(ODD))
        case 3:
            if holder is not held:
                del holder[key]
        case 4:
            other, there = _somewhere(held, chance)
            holder[key] = deepcopy(other[there])
        case 5:
            many = chance.choice((1, 5, 40))  # what copies a value needs three frames a level
            for _ in range(many):
                old = [old] if chance.random() < 0.5 else {chance.choice(("panels", "a", "spec")): old}
            holder[key] = old
        case 6:
            holder[key] = old * 40 if isinstance(old, list) and len(json.dumps(old)) < 500 else [old] * 3
        case 7 if isinstance(holder, dict) and holder is not held:
            holder[chance.choice(("expr", "title", "type", "groups", "kind", "é\0", ""))] = holder.pop(key)
        case _:
            expr = broken_expr(chance.choice(exprs()), chance)
            if isinstance(old, dict) and "expr" in old:
                old["expr"] = expr
            else:
                holder[key] = expr
