"""What a key looks like, what it may open, when it is good; and what of a request may be kept. Pure."""
