"""What the first migration of a room is made of beside its tables. Knows of no room but that of figures, by name only."""
