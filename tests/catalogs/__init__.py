"""Catalogs: read, written, renewed, and what joins them."""
