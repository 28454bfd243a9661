"""An AI application: a backend that answers over HTTP, a model server, a queue of documents (document 000)."""
