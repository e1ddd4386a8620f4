"""Pages of rounds and filings: the unit's, the office's, evidence, the workbook, the burden."""
