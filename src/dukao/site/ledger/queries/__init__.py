"""The door to ask the ledger; one module a page."""
