"""Room `ledger`: the breakdown on its way from draft to issue, and the record of the year's tasks."""
