"""The laws about customers: pure. Time, limits and digits come in as arguments."""
