"""What is wrong with dashboards and rules, ours or anybody's, found without a server."""
