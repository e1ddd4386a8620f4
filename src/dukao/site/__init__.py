"""The site of dukao: one record of the year, from upload to published task.

Rooms change each other only downwards: `ledger → archive → people → history`; `home` and `api` stand on top.
A room asks another through its `queries`, changes it through its `actions`, never through its tables.
"""
