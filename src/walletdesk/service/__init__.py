"""Wing 3: people helping people."""
