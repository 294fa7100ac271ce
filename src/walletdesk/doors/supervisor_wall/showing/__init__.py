"""What rooms answer, as a page reads it."""
