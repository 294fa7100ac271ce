"""Wing 2: value moving."""
