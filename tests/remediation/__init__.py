"""The webhook that repairs: what it plans, what it does, and above all what it does not."""
