"""dukao 督考: one record from the government work report to the next one."""

__version__ = "0.1.0"
