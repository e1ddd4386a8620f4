"""Room `archive`: documents as they came, and what was compiled from them by which rules."""
