"""What lies around pages and rules: its tests."""
