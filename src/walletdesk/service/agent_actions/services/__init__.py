"""What an agent can do for a customer: one verb a file."""
