"""Reads that change nothing: orders, payments, a customer's activity, a shop's takings."""
