"""Pages of 专项清单."""
