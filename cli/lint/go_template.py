"""The text of an alert as Go's text/template reads it: its actions, and why one would not parse.

Verified: what it refuses, `promtool check rules` refuses (tests/prometheus/test_go_template.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from cli.lint.go_words import NotATemplate, Token, words

COMMENT = re.compile(r"\{\{(?:-\s)?/\*(?:(?!\*/).)*\*/(?:\s-)?\}\}", re.DOTALL)
OPENS = frozenset({"if", "range", "with", "define", "block"})
KEYWORDS = OPENS | {"else", "end", "template", "break", "continue"}
#: Functions of Prometheus' templates, those of Go's among them.
FUNCTIONS = frozenset(
    re.findall(
        r"\w+",
        """and call html index slice js len not or print printf println urlquery eq ge gt le lt ne
    query first label value strvalue args reReplaceAll safeHtml match title toUpper toLower graphLink tableLink
    sortByLabel stripPort stripDomain humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp
    toTime pathPrefix externalURL parseDuration""",
    )
)
#: What Prometheus gives to every text.
GIVEN = ("$", "$labels", "$externalLabels", "$externalURL", "$value")
LITERALS = frozenset({"true", "false", "nil"})


class Action(NamedTuple):
    """What stands between `{{` and `}}`.

    Attributes:
        start: where it begins in the text; `end` where it ends.
        keyword: "if", "range", "end" ...; empty for one that prints.
        tokens: what follows the keyword, without spaces.
        is_root: whether `.` is still the alert.
    """

    start: int
    end: int
    keyword: str
    tokens: tuple[Token, ...]
    is_root: bool


class _Block(NamedTuple):
    keyword: str
    at: int
    variables: tuple[str, ...]
    has_else: bool = False
    loops: bool = False


@dataclass(slots=True)
class _Reader:
    text: str
    functions: frozenset[str]
    variables: tuple[str, ...]
    blocks: list[_Block] = field(default_factory=list)

    def action(self, start: int) -> Action:
        tokens, end = words(self.text, start)
        said = [one for one in tokens if one.kind != "space"]
        keyword = said[0].text if said and said[0].kind == "word" and said[0].text in KEYWORDS else ""
        is_root = not any(one.keyword in ("range", "with", "define", "block") for one in self.blocks)
        if keyword:
            while tokens.pop(0).kind == "space":
                pass
            said = said[1:]
        self.keyword(keyword, tokens, said, start)
        return Action(start, end, keyword, tuple(said), is_root)

    def keyword(self, keyword: str, tokens: list[Token], said: list[Token], start: int) -> None:
        if keyword in ("end", "else", "break", "continue"):
            self.middle(keyword, said, tokens, start)
            return
        before = self.variables
        if keyword in ("define", "block", "template"):
            if not said or said[0].kind != "string" or said[0].text[0] == "'":
                raise NotATemplate(f"{keyword} wants a name in quotes", start)
            if keyword == "define" and (len(said) > 1 or self.blocks):
                raise NotATemplate("unexpected {{define}}" if self.blocks else "unexpected text in define", start)
            rest = tokens[next(i for i, one in enumerate(tokens) if one.kind == "string") + 1 :]
            if len(said) > 1:
                self.pipeline(rest, keyword, start)
            elif keyword == "block":
                raise NotATemplate("missing value for block clause", start)
        else:
            self.pipeline(tokens, keyword or "command", start)
        if keyword in OPENS:
            loops = keyword == "range" or (keyword in ("if", "with") and self.in_loop())
            self.blocks.append(_Block(keyword, start, before, loops=loops))
            if keyword in ("define", "block"):
                self.variables = ("$",)

    def in_loop(self) -> bool:
        return bool(self.blocks) and self.blocks[-1].loops

    def middle(self, keyword: str, said: list[Token], tokens: list[Token], start: int) -> None:
        if keyword in ("break", "continue"):
            if said:
                raise NotATemplate(f"unexpected {said[0].text} in {keyword}", said[0].at)
            if not self.in_loop():
                raise NotATemplate(f"{{{{{keyword}}}}} outside {{{{range}}}}", start)
            return
        if not self.blocks:
            raise NotATemplate(f"unexpected {{{{{keyword}}}}}: nothing is open", start)
        block = self.blocks[-1]
        if keyword == "end":
            if said:
                raise NotATemplate(f"unexpected {said[0].text} in end", said[0].at)
            self.blocks.pop()
            self.variables = block.variables
            return
        if block.keyword in ("define", "block") or block.has_else:
            raise NotATemplate("unexpected {{else}}", start)
        if not said:
            self.blocks[-1] = block._replace(has_else=True)
        elif said[0].text == block.keyword and block.keyword in ("if", "with"):
            rest = tokens[tokens.index(said[0]) + 1 :]
            self.pipeline(rest, block.keyword, start)
        else:
            raise NotATemplate(f"unexpected {said[0].text} in else", said[0].at)

    def pipeline(self, tokens: list[Token], context: str, start: int) -> None:
        tokens = self.declared(tokens, context)
        _Pipeline(tokens, self, context, start).read()

    def declared(self, tokens: list[Token], context: str) -> list[Token]:
        """The tokens behind `$x :=` and `$i, $x :=`; the variables are known from now on."""
        said = [one for one in tokens if one.kind != "space"]
        names: list[Token] = []
        at = 0
        while at < len(said) and said[at].kind == "variable":
            names.append(said[at])
            behind = said[at + 1].kind if at + 1 < len(said) else ""
            if behind == "assign":
                sign = said[at + 1]  # Go takes `=` for `:=` while it parses
                self.variables += tuple(one.text for one in names)
                return tokens[tokens.index(sign) + 1 :]
            if behind != "comma" or context != "range" or len(names) == 2:  # noqa: PLR2004 - index and element
                break
            at += 2
        return tokens

    def known(self, token: Token) -> None:
        if token.text not in self.variables:
            raise NotATemplate(f"undefined variable {token.text}", token.at, token.text)


@dataclass(slots=True)
class _Pipeline:
    tokens: list[Token]
    reader: _Reader
    context: str
    start: int
    at: int = 0

    def read(self) -> None:
        self.commands()
        if self.at < len(self.tokens):
            one = self.tokens[self.at]
            raise NotATemplate(f"unexpected {one.text}", one.at)

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else Token("", "", self.start)

    def skip(self) -> Token:
        while self.peek().kind == "space":
            self.at += 1
        return self.peek()

    def commands(self) -> None:
        stage = 1
        while True:
            self.skip()
            first = self.peek()
            if not self.command():
                raise NotATemplate(f"missing value for {self.context}", first.at)
            starts_well = first.kind in ("word", "field", "variable", "open") and first.text not in LITERALS
            if stage > 1 and not starts_well:
                raise NotATemplate(f"{first.text} is nothing that a value can be handed to", first.at)
            if self.peek().kind != "pipe":
                return
            self.at += 1
            stage += 1
            if self.skip().kind in ("", "close"):
                return  # Go forgives a pipe at the end

    def command(self) -> bool:
        """Operands, a space between two of them; whether there was one."""
        found = False
        while self.operand():
            found = True
            if self.peek().kind != "space":
                break
            self.skip()
        if self.peek().kind not in ("", "pipe", "close"):
            raise NotATemplate(f"unexpected {self.peek().text} in operand", self.peek().at)
        return found

    def operand(self) -> bool:
        token = self.peek()
        kind, text = token.kind, token.text
        chains = kind in ("field", "variable", "open", "word") and text not in LITERALS
        if kind == "variable":
            self.reader.known(token)
        elif kind == "word" and text not in LITERALS:
            if text in KEYWORDS:
                raise NotATemplate(f"unexpected <{text}> in {self.context}", token.at)
            if text not in self.reader.functions:
                raise NotATemplate(f"there is no function {text}", token.at, text)
        elif kind == "open":
            self.at += 1
            self.commands()
            if self.peek().kind != "close":
                raise NotATemplate("unclosed left paren", token.at)
        elif kind not in ("string", "number", "dot", "field", "word"):
            return False
        self.at += 1
        while self.peek().kind == "field":
            if not chains:
                raise NotATemplate(f"unexpected {self.peek().text} after {text}", self.peek().at)
            self.at += 1
        return True


def actions_of(
    text: str, functions: frozenset[str] = FUNCTIONS, variables: tuple[str, ...] = GIVEN
) -> tuple[Action, ...]:
    """Every action of the text, in its order; NotATemplate where Prometheus would refuse the text.

    Args:
        text: of an annotation or a label.
        functions: what a name can be.
        variables: what is defined from the start.
    """
    reader = _Reader(text, functions, variables)
    actions: list[Action] = []
    at = text.find("{{")
    while at >= 0:
        comment = COMMENT.match(text, at)
        if comment is not None:
            end = comment.end()
        else:
            actions.append(reader.action(at))
            end = actions[-1].end
        at = text.find("{{", end)
    if reader.blocks:
        block = reader.blocks[0]
        raise NotATemplate(f"no {{{{end}}}} for {{{{{block.keyword}}}}}", block.at)
    return tuple(actions)
