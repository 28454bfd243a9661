"""What a build leaves behind for a push: the manifest, and the name of a page's content."""

#: The manifest's name; whoever looks for one need not read any.
MANIFEST = "manifest.json"
