"""The ledger as a workbook, out and back in.

`columns` says what stands in a row, and what of it may change; `writing` makes the workbook from the rows
of `queries.workbook`. `reading` takes one back safely, row by row; `standing`
reads the ledger it is held against; `comparing` does so, with `row_reading`, `cells` and `naming` for what a
row, its cells, and the names in them ask for; `applying` is the action.
"""
