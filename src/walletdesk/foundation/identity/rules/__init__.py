"""The laws of signing in: pure. Time, figures and random digits come in as arguments."""
