"""Which rules answer which expression of the documents, by its number in promql.md section 4.

The alerts come first, then the panels, both in the order of source_expressions.yaml. What a
row names must be found in it, and a row that is wrong must have an error or a warning among what it names.
"""

from collections.abc import Mapping

#: Those that cannot do what their text says.
WRONG = frozenset({4, 5, 7, 9, 11, 13, 14, 15, 16, 18, 19, 20, 21, 22, 24, 32, 34})
#: Those that are right as written: nothing above an information may be said of them.
GOOD = frozenset({33, 35, 36})
#: The rules that name the true cause.
ANSWERS: Mapping[int, frozenset[str]] = {
    number: frozenset(rules.split())
    for number, rules in {
        1: "PQL140 PQL502",
        2: "PQL521",
        3: "PQL532",
        4: "PQL110",
        5: "PQL100",
        6: "PQL532",
        7: "PQL404 PQL405 PQL530",
        8: "PQL116 PQL140",
        9: "PQL530",
        10: "PQL116 PQL140",
        11: "PQL220",
        12: "PQL521",
        13: "PQL100",
        14: "PQL511 PQL520",
        15: "PQL100",
        16: "PQL100",
        17: "PQL521",
        18: "PQL110",
        19: "PQL001",
        20: "PQL100",
        21: "PQL100 PQL501",
        22: "PQL100 PQL501",
        23: "PQL132 PQL406",
        24: "PQL117 PQL140",
        25: "PQL132 PQL406",
        26: "PQL705",
        27: "PQL140 PQL406",
        28: "PQL601",
        29: "PQL140 PQL601",
        30: "PQL140 PQL601",
        31: "PQL140 PQL601",
        32: "PQL220",
        34: "PQL100",
    }.items()
}
