"""What a build leaves behind for a push: the manifest, and the name of a page's content."""
