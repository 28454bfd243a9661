"""The demonstration: started, looked at, stopped, and nothing left."""
