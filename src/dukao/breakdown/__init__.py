"""Room `breakdown`: `Source` → `Breakdown`: tasks and responsibilities, held against a `Report`."""
