"""TaskMaster business: what is done for whom, how well it is kept, what it costs."""

from panels import (
    DEPLOYMENTS,
    PROMETHEUS,
    AlertMarks,
    Dashboard,
    PageLink,
    job_variable,
    piechart,
    row,
    stat,
    timeseries,
)
from queries import alert_names
from queries.taskmaster import alerts, metrics
from queries.taskmaster import numbers as worker

dashboard = Dashboard(
    uid="taskmaster-business",
    title="TaskMaster business",
    description="Tasks, promises, cost, and this week against last.",
    folder="AI services",
    tags=["ai-services", "taskmaster"],
    role=metrics.WORKER,
    variables=[
        PROMETHEUS,
        job_variable(metrics.REQUESTS_ANSWERED),
    ],
    links=[PageLink("AI services", tags=("ai-services",)), PageLink("TaskMaster", tags=("taskmaster",))],
    marks=[DEPLOYMENTS, AlertMarks(alerts=alert_names(*alerts.groups))],
    time="7d",
    refresh="5m",
    rows=[
        row(
            "Is it healthy?",
            stat(
                "Within 500 ms",
                worker.within_promise(),
                red_below=worker.PROMISED_SHARE,
                description="The share of requests within the promised 500 ms. "
                "Below 95 % the promise is broken: see the health page.",
            ),
            stat(
                "Uptime",
                worker.uptime(),
                course=False,
                description="The share of the time shown in which replicas answered. Gaps are restarts or outages.",
            ),
            stat(
                "Satisfied users",
                worker.user_satisfaction(),
                description="The share of the last hour's verdicts that are thumbs up. Read the reasons of the others.",
            ),
            stat(
                "Tokens per hour",
                worker.tokens_per_hour(),
                description="Tokens read and written within the last hour. They are what is paid for.",
            ),
            stat(
                "Cost per hour",
                worker.cost_per_hour(),
                description="What the last hour's tokens would have cost at a hosted model's price. "
                "A jump means long prompts or a loop.",
            ),
            stat(
                "Mean complexity",
                worker.task_complexity(),
                description="How hard the tasks are on average, 1 to 10. What grows harder grows slower and dearer.",
            ),
        ),
        row(
            "What is it asked to do?",
            timeseries(
                "Tasks by type",
                worker.tasks_by_type(),
                stack=True,
                width=12,
                description="Tasks of each type within an hour. A type that grows decides what to improve.",
            ),
            piechart(
                "Share of each type",
                worker.tasks_by_type(),
                width=6,
                description="How the tasks of the last hour are spread. A type that nobody planned for is news.",
            ),
            timeseries(
                "Tasks per second",
                worker.tasks(),
                width=6,
                description="Tasks that are done per second. It follows working hours; a flat line is a stuck queue.",
            ),
        ),
        row(
            "Is the promise kept, and what does it cost?",
            timeseries(
                "Within 500 ms over time",
                worker.within_promise(),
                red_below=worker.PROMISED_SHARE,
                description="The share of requests within the promised 500 ms. The line is what was promised.",
            ),
            timeseries(
                "Tokens per hour by kind",
                worker.input_tokens_per_hour(),
                worker.output_tokens_per_hour(),
                stack=True,
                description="Tokens read and written within an hour. Reading grows with context, writing with answers.",
            ),
            timeseries(
                "Cost over time",
                worker.cost_per_hour(),
                description="What each hour's tokens would have cost. Compare it with the tasks that were done for it.",
            ),
        ),
        row(
            "How is this week against last?",
            timeseries(
                "Requests",
                worker.requests_week_over_week(),
                description="Requests by those of the same hour of last week. 100 % is as many.",
            ),
            timeseries(
                "Tasks",
                worker.tasks_week_over_week(),
                description="Tasks by those of the same hour of last week. 100 % is as many.",
            ),
            timeseries(
                "Tokens",
                worker.tokens_week_over_week(),
                description="Tokens written by those of the same hour of last week. "
                "Above the requests' line answers grew longer.",
            ),
        ),
    ],
)
