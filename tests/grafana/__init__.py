"""The door to a Grafana: what goes over the wire, and what both adapters make of it."""
