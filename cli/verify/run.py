"""All questions to one Prometheus, some at a time; what cannot be asked any more is said so, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple, TypeVar

from cli.errors import Refused, RemoteError, Unreachable
from cli.lint.subject import Inputs, Page
from cli.prometheus.api import Api
from cli.verify.asker import Asker, Limits
from cli.verify.question import Asking, Question, of_group, of_page
from cli.verify.span import Span
from cli.verify.span import of_page as length_of
from cli.verify.variables import Variables
from cli.verify.verdict import Status, Verdict

Value = TypeVar("Value")
#: Told how many questions there are, and each time that one is answered.
Progress = Callable[[int], None]


class Plan(NamedTuple):
    """How it is asked.

    Attributes:
        range: seconds that every page looks at; None for what each says.
        limits: of one query.
        jobs: questions at a time.
    """

    range: float | None = None
    limits: Limits = Limits()
    jobs: int = 16


class Found(NamedTuple):
    """What became of everything, and why it came to an end before that; None where it did not."""

    verdicts: tuple[Verdict, ...]
    away: RemoteError | None = None


class Run:
    """One verification.

    Attributes:
        away: why nobody answers any more.
    """

    def __init__(self, api: Api, asking: Asking, plan: Plan) -> None:
        self.api, self.asking, self.plan = api, asking, plan
        self.away: RemoteError | None = None

    def verify(self, inputs: Inputs, begins: Progress, done: Progress) -> Found:
        """Ask everything: first what the variables stand for, then every query."""
        with ThreadPoolExecutor(self.plan.jobs) as pool:
            try:
                pages = list(self._each(pool, self._variables, inputs.pages))
                filled = [one or self._unread(page) for page, one in zip(inputs.pages, pages, strict=True)]
                verdicts = [list(one.verdicts) for one in filled]
                questions = [self._of_page(page, one) for page, one in zip(inputs.pages, filled, strict=True)]
                rules = [list(of_group(group, self.asking)) for group in inputs.groups]
                begins(sum(map(len, (*questions, *rules))))
                asker = Asker(self.api, self.asking.catalogs, self.plan.limits, self.asking.now)

                def ask(one: Question) -> Verdict:
                    said = asker.verdict(one)
                    done(1)
                    return said

                flat = [one for many in (*questions, *rules) for one in many]
                said = iter(
                    [
                        one or _unasked(question, self.away)
                        for question, one in zip(flat, self._each(pool, ask, flat), strict=True)
                    ]
                )
                of_pages = [
                    [*known, *(next(said) for _ in many)] for known, many in zip(verdicts, questions, strict=True)
                ]
                return Found((*(one for many in of_pages for one in many), *said), self.away)
            except BaseException:  # Ctrl-C: what has not begun never does
                self.api.give_up()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _each(
        self, pool: ThreadPoolExecutor, do: Callable[[Question], Value] | Callable[[Page], Value], of: Sequence[object]
    ) -> Iterator[Value | None]:
        """What is made of each, in its order; None for those that nobody answered."""

        def once(one: object) -> Value | None:
            if self.away is not None:
                return None
            try:
                return do(one)  # type: ignore[arg-type] # each gets what it is for
            except (Unreachable, Refused) as error:
                self.away = self.away or error
                return None

        futures: Iterable[Future[Value | None]] = [pool.submit(once, one) for one in of]
        for future in futures:
            yield future.result()

    def _variables(self, page: Page) -> Variables:
        variables = self._unread(page)
        variables.read()
        return variables

    def _unread(self, page: Page) -> Variables:
        length = length_of(page, self.plan.range)
        return Variables(self.api, page, Span(length, self.asking.scrape, 4 * self.asking.scrape), self.asking)

    def _of_page(self, page: Page, variables: Variables) -> list[Question]:
        return list(of_page(page, variables.chosen, length_of(page, self.plan.range), self.asking))


def _unasked(question: Question, away: RemoteError | None) -> Verdict:
    why = f"not asked any more: {away.what}" if away else "not asked any more"
    return Verdict(question.page, question.panel, question.ref, question.text, Status.ERROR, why, place=question.place)
