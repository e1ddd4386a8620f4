"""办结销号: applied for, verified, signed, looked at again; what leaves the totals by an act."""
