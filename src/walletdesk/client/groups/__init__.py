"""The verbs of the API by subject, each described once for both clients."""
