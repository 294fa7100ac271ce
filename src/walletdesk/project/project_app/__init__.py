"""Joins the rooms when Django is ready: ports to adapters, facts to those who hear them."""
