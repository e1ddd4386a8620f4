"""Official papers: one `Paper` value, set to GB/T 9704-2012 as .docx and as .pdf by two thin renderers."""
