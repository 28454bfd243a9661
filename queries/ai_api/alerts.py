"""What wakes a person about the AI API."""

from queries import AlertRule, RuleGroup
from queries.ai_api import numbers as ai

# the document: more than 0.05 errors a second, of each series; ours is 5 % of this service's requests,
# above a floor of traffic. Scrapes do not count: they would dilute the errors and lift the floor
HIGH_ERROR_RATE = AlertRule(
    alert="HighErrorRate",
    when=(ai.errors("job") > ai.ERROR_LIMIT) & (ai.requests("job") > ai.TRAFFIC_FLOOR),
    lasting="2m",
    severity="critical",
    summary="{value} of requests to {job} fail (limit {limit})",
)

# the document: each series for itself, and no bucket between 10 s and 30 s
HIGH_LLM_LATENCY = AlertRule(
    alert="HighLLMLatency",
    when=ai.llm_latency(0.95, "model") > ai.LLM_LATENCY_LIMIT,
    lasting="3m",
    severity="warning",
    summary="P95 latency of calls to {model} is {value} (limit {limit})",
)

# the document: each series for itself, so that eight of them at 100k stayed silent
TOKEN_COST_SPIKE = AlertRule(
    alert="TokenCostSpike",
    when=ai.tokens_per_hour() > ai.TOKEN_LIMIT,
    lasting="5m",
    severity="critical",
    summary="Token usage spike: {value} tokens in the last hour (limit {limit})",
)

# added: the document wants the score always measured, and never looks at it
RETRIEVAL_QUALITY_DROP = AlertRule(
    alert="RetrievalQualityDrop",
    when=ai.retrieval_score("job") < ai.RETRIEVAL_LIMIT,
    lasting="15m",
    severity="warning",
    summary="Retrieval on {job} finds worse passages: score {value} (limit {limit})",
    runbook="Check the index, the embedding model and what was ingested last",
)

# added: the document wants the sessions always measured, and never looks at them
RUNAWAY_AGENT_SESSIONS = AlertRule(
    alert="RunawayAgentSessions",
    when=ai.agent_sessions("job") > ai.AGENT_SESSIONS_LIMIT,
    lasting="10m",
    severity="warning",
    summary="{value} agent sessions are open on {job} (limit {limit})",
    runbook="Look for agents that call each other or themselves, and end them",
)

groups = (
    RuleGroup(
        name="ai_api_alerts",
        rules=(HIGH_ERROR_RATE, HIGH_LLM_LATENCY, TOKEN_COST_SPIKE, RETRIEVAL_QUALITY_DROP, RUNAWAY_AGENT_SESSIONS),
    ),
)
