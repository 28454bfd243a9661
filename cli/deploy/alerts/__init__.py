"""From the rule files of a build to Grafana-managed alert rules, and nobody's edit lost."""
