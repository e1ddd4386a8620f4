"""PDF files with a text layer: letters and lines with their places, and what they make."""
