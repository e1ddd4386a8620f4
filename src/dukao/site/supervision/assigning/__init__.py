"""交办和签收: a published task goes to its lead units, who confirm, object, or are silent."""
