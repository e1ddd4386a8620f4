"""Pages of room `people`, one module a noun."""
