"""Where Prometheus finds the digital worker."""

from queries import Scrape
from queries.taskmaster.metrics import WORKER

scrape = Scrape(WORKER, ["taskmaster:8000"], assumed="host and port: the document names none")
