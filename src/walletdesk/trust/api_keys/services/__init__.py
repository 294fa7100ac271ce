"""What can be done with keys and with the log of requests: one verb a file."""
