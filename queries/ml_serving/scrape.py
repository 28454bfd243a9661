"""Where Prometheus finds the model serving, and the machines below it."""

from queries import Scrape
from queries.ml_serving.metrics import NODE, SERVICE

scrapes = (
    Scrape(SERVICE, ["ml-serving:8000"], assumed="host and port: the document names none"),
    Scrape(
        NODE,
        ["node-exporter:9100"],
        optional="it runs on every machine that is watched, and a laptop has none",
        assumed="the host; the port is the node exporter's own",
    ),
)
