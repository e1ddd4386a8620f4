"""专项清单: every closed-loop list a place keeps; each item is a task, so that the same loop serves it.

`terms` says what a list asks (data, never code); `opening` adopts and amends it; `entering`, `issuing` and
`spots` change items; `cells` reads and says what a column holds; `queries` and `lists` answer pages.
"""
