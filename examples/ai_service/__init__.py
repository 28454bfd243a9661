"""An AI service to watch: five documents' worth of applications in front of a simulated model; no network is needed."""
