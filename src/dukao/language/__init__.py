"""Room `language`: Chinese numerals, units, dates, comparisons, sentences; vocabularies in `data/*.toml`."""
