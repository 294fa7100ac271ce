"""The laws of watching: pure. Counts, figures and the secret of the draw come in as arguments."""
