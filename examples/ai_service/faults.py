"""What can be wrong, and what repairs it: a scenario hits every part of the service until somebody does something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic

from queries import Role
from queries.ai_api.metrics import API
from queries.ai_app.metrics import BACKEND, MODEL_SERVER
from queries.inference_server.metrics import SERVER
from queries.ml_serving.metrics import SERVICE
from queries.taskmaster.metrics import WORKER

PARTS: tuple[Role, ...] = (BACKEND, MODEL_SERVER, SERVER, API, WORKER, SERVICE)
#: Who has a model of its own that can be gone, and who has a queue; the API's models are a provider's.
WITH_MODEL = frozenset({MODEL_SERVER.job, WORKER.job, SERVICE.job})
WITH_QUEUE = frozenset({BACKEND.job, SERVER.job})
#: What the slow scenario needs to be quick again.
ENOUGH_REPLICAS = 2
MOST_REPLICAS = 16


class NoSuch(ValueError):
    """No scenario, or no part of the service, is called so."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is wrong, in the service and with what its users do.

    Attributes:
        name: as it is asked for.
        says: what happens, in a sentence.
        slow: models take longer than the limits of the alerts; more replicas repair it.
        error_rate: share of the calls to models that fail; an open circuit breaker answers without the model.
        tokens: so many times the usual tokens, for models think aloud.
        spawns: sessions that an agent opens at each step, and nobody ends.
        rambles: answers are long, repeat themselves and have no structure; a fallback model repairs it.
        relevance: share that is left of a passage's relevance; the fallback's index is an older one, and whole.
        gone: models that are not there; a restart repairs it.
        gpu_share: of the GPU memory that is in use; a restart frees it.
        stuck: whoever takes from a queue has stopped; a restart, or more replicas, repair it.
        strange: share of what users ask that no model was trained on.
        unhappy: share of the users who give a thumb down.
    """

    name: str
    says: str
    slow: bool = False
    error_rate: float = 0.0
    tokens: float = 1.0
    spawns: int = 0
    rambles: bool = False
    relevance: float = 1.0
    gone: bool = False
    gpu_share: float | None = None
    stuck: bool = False
    strange: float = 0.0
    unhappy: float = 0.08


HEALTHY = Scenario("healthy", "nothing is wrong")
SCENARIOS: Mapping[str, Scenario] = {
    one.name: one
    for one in (
        HEALTHY,
        Scenario("slow", "models take longer than the alerts allow", slow=True),
        Scenario("errors", "every third call to a model fails", error_rate=0.35),
        Scenario("token-spike", "agents call each other, and models think aloud", tokens=300, spawns=12),
        Scenario(
            "drift", "answers ramble, retrieval misses, users ask new things", rambles=True, relevance=0.5, strange=0.7
        ),
        Scenario("model-gone", "no model is there", gone=True),
        Scenario("gpu-full", "the memory of the GPUs is nearly full", gpu_share=0.98),
        Scenario("queue", "nobody takes from the queues", stuck=True),
        Scenario("feedback", "users do not like the answers", unhappy=0.8),
    )
}


@dataclass(slots=True)
class Part:
    """One part of the service, and what was done to it."""

    replicas: int = 1
    fallback: bool = False
    breaker_open: bool = False
    restarted: bool = False
    #: The clock's time from which on its model is loaded.
    ready_at: float = field(default_factory=monotonic)


class Plant:
    """The parts of the service and what is wrong with them; its scenario may change at any time."""

    def __init__(self, cold_start: float = 0.0, scenario: Scenario = HEALTHY) -> None:
        self.cold_start, self.scenario = cold_start, scenario
        self.parts: dict[str, Part] = {}
        self.begin(scenario.name)

    def begin(self, scenario: str) -> None:
        """From now on this is wrong; whatever was repaired before is forgotten.

        Raises:
            NoSuch: no scenario is called so.
        """
        if scenario not in SCENARIOS:
            raise NoSuch(f"no scenario is called {scenario[:40]!r}; there are {', '.join(SCENARIOS)}")
        self.scenario = SCENARIOS[scenario]
        ready = {job: part.ready_at for job, part in self.parts.items()}
        self.parts = {one.job: Part(ready_at=ready.get(one.job, monotonic() + self.cold_start)) for one in PARTS}

    def fault(self, job: str) -> Scenario:
        """What of the scenario still hits this part, after all repairs."""
        part, wrong = self.parts[job], self.scenario
        wrong = replace(wrong, gone=wrong.gone and job in WITH_MODEL, stuck=wrong.stuck and job in WITH_QUEUE)
        if part.replicas >= ENOUGH_REPLICAS:
            wrong = replace(wrong, slow=False, stuck=False)
        if part.fallback:
            wrong = replace(wrong, rambles=False, relevance=1.0)
        if part.restarted:
            wrong = replace(wrong, gone=False, gpu_share=None, stuck=False)
        return wrong

    def loaded(self, job: str) -> bool:
        """Whether its model is there, and has loaded."""
        return not self.fault(job).gone and monotonic() >= self.parts[job].ready_at

    def scale(self, target: str, replicas: int) -> None:
        """So many replicas from now on."""
        for part in self._of(target):
            part.replicas = max(1, min(MOST_REPLICAS, replicas))

    def restart(self, target: str) -> None:
        """It starts anew, and its model has to be loaded again."""
        for part in self._of(target):
            part.restarted, part.ready_at = True, monotonic() + self.cold_start

    def fall_back(self, target: str, on: bool) -> None:  # noqa: FBT001 - a switch
        """Another model answers."""
        for part in self._of(target):
            part.fallback = on

    def breaker(self, target: str, is_open: bool) -> None:  # noqa: FBT001 - likewise
        """While it is open the model is not asked, and callers get a short answer at once."""
        for part in self._of(target):
            part.breaker_open = is_open

    def _of(self, target: str) -> Iterable[Part]:
        """A job, a domain, or all of them."""
        found = [self.parts[one.job] for one in PARTS if target in ("", "all", one.job, one.domain)]
        if not found:
            known = dict.fromkeys(("all", *(one.job for one in PARTS), *(one.domain for one in PARTS)))
            raise NoSuch(f"no part is called {target[:40]!r}; there are {', '.join(known)}")
        return found
