"""Measures: the numbers of a text that state a target or a result.

`reader` walks the quantities of a passage clause by clause; `exclusions` says which of them state nothing,
`predicates` what stands around them, `indicators` whose they are, `times` when.
"""
