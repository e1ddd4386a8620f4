"""Pages saved from a web site: what is text, and what is furniture."""
