"""Where Prometheus finds the AI API."""

from queries import Scrape
from queries.ai_api.metrics import API

scrape = Scrape(API, ["api:8000"])
