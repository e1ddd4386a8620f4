"""Room `report`: `Source` → `Report`: outline, commitments, measures."""
