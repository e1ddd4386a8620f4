"""Room `bench`: how fast the compiler is, as ratios measured within one run on one machine."""
