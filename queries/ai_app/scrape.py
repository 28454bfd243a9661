"""Where Prometheus finds the AI application: its backend, the model server and the proxy."""

from queries import Scrape
from queries.ai_app.metrics import BACKEND, MODEL_SERVER, PROXY

scrapes = (
    Scrape(BACKEND, ["backend:8000"]),
    Scrape(MODEL_SERVER, ["model_server:8080"]),
    Scrape(PROXY, ["nginx:9113"], optional="nginx itself tells nothing: an exporter beside it does, on port 9113"),
)
