"""What time it is: the one place that asks. Refuses to know why anybody wants to know."""
