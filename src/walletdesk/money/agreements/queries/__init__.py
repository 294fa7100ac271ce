"""Reads that change nothing: agreements as a payer, a shop and a batch of payments see them."""
