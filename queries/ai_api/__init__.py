"""An AI API: HTTP, LLM calls, tokens, retrieval, agents (document 002)."""
