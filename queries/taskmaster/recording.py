"""What Prometheus computes ahead for the digital worker."""

from queries import RecordingRule, RuleGroup
from queries.taskmaster import numbers as worker

#: The requests of an hour: a week of them, or last week's, is one look-up for each hour.
REQUESTS_AN_HOUR = RecordingRule("taskmaster:requests:increase1h", worker.requests_within("1h"))
WITHIN_PROMISE = RecordingRule("taskmaster:requests_within_500ms:ratio_rate1h", worker.within_promise().over("1h"))
TASKS_AN_HOUR = RecordingRule("task_type:taskmaster_tasks:increase1h", worker.tasks_by_type("1h"))
TOKENS_AN_HOUR = RecordingRule("taskmaster:tokens:increase1h", worker.tokens_per_hour())

group = RuleGroup(
    name="taskmaster_recordings",
    rules=(REQUESTS_AN_HOUR, WITHIN_PROMISE, TASKS_AN_HOUR, TOKENS_AN_HOUR),
)
