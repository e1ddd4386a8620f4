"""Word files: paragraphs, runs, numbered lists and tables."""
