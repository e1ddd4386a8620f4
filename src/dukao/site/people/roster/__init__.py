"""Many accounts at once: a list of them, as a workbook or as lines, checked before anything is made.

`sheet` says what stands in a line, writes the workbook and reads lines back safely; `checking` says what each
would make or what is wrong with it; `making` is the action: all that was shown, or nothing; `lacking` says
which units still have no account for whom.
"""
