"""A list as a workbook: out, and back in by way of a comparison that somebody confirms.

`sheet` says what stands in a row, writes it and reads it back safely; `comparing` holds it against what
stands; `applying` is the action: all that was shown, or nothing.
"""
