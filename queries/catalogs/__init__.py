"""Catalogs as files: YAML that people write, `/metrics` pages that services serve, and those that come with us."""
