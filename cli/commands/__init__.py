"""One module, one command: click only, parse, call, print."""
