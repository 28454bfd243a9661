"""Programs that show the toolkit at work; none is part of the package."""
