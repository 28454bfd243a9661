"""Where Prometheus finds the model servers."""

from queries import Scrape
from queries.inference_server.metrics import SERVER

scrape = Scrape(
    SERVER,
    ["inference-1:8002", "inference-2:8002", "inference-3:8002"],
    strips_port=True,  # the document: an instance is a machine
    assumed="the names of the hosts: the document has three on this port, and others will have others",
)
