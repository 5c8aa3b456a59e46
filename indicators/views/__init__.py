"""Pages about numbers, by subject."""
