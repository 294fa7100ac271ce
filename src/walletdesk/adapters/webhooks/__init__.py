"""Webhooks on their way out: which addresses may be called at all, and the exchange with one of them."""
