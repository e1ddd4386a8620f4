"""Tables, however they stand: drawn, ruled, flattened, held apart by spaces, merged, crossed."""
