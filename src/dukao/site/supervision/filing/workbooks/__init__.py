"""A unit's round as a workbook, out and back in.

`columns` says what stands in a row and what of it may change; `writing` makes the workbook; `reading` takes
one back safely; `comparing` holds it against what stands; `applying` is the action: all that was shown, or
nothing.
"""
