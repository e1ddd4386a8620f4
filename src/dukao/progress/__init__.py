"""Room `progress`: facts, curve, preset, date → light and its reason; working days. No database, no clock."""
