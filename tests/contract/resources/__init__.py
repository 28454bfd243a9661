"""The stand-in's `/apis`: the same pages as the legacy API has, under Kubernetes' rules."""
