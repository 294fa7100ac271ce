"""Wing 1: who somebody is, and whether they may."""
