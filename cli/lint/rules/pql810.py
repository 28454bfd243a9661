"""PQL810: a metric that nobody looks at."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from queries.exposed import series_of


def _of_all(world: World) -> Faults:
    if not world.inputs.pages:
        return
    place = world.inputs.pages[0].spot
    used = world.read | {name for one in world.ruled for name in one.names}
    for catalog in world.catalogs.catalogs:
        mine = [one for one in catalog.metrics if not one.recorded]
        unseen = [one.name for one in mine if not any(name in used for name, _ in series_of(one))]
        # a catalog that the pages do not speak of at all belongs to another house
        if unseen and len(unseen) < len(mine):
            listed = ", ".join(sorted(unseen))
            yield Fault(f"of {catalog.domain} nothing shows or judges {listed}", hint="a panel, an alert", spot=place)


RULE = Rule(
    id="PQL810",
    title="a metric that nobody looks at",
    severity=Severity.INFO,
    why="""A metric costs memory in every scrape. One that is on no page and in no alert was either forgotten when the
    pages were made, or can go.""",
    wrong=Example(page=page(panel("sum(queue_depth)"))),
    right=Example(
        page=page(
            panel(
                "sum(queue_depth)",
                "sum(rate(http_requests_total[5m]))",
                "sum(rate(http_request_duration_seconds_sum[5m]))",
                "sum(rate(http_response_size_bytes_sum[5m]))",
                "sum(rate(llm_tokens_total[5m]))",
                "sum(gpu_memory_used_bytes)",
                "sum(gpu_memory_total_bytes)",
                "min(model_loaded)",
                "avg(quality_score)",
                "max(last_success_timestamp_seconds)",
            )
        )
    ),
    of_all=_of_all,
)
