"""How rows stand on the page: tables, lines and paragraphs of every manner, read into heads and rows."""
