"""Laws of speaking: which words a prompt has, how figures are put together from pieces, what a sound must be like."""
