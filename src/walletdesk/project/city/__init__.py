"""The demo city, Linjiang: about 300 customers, 40 shops, 15 staff and 90 days of life, from one seed.

Everything here happens through the product's own verbs in simulated time (ADR 0012); no row is put in behind their
backs. ``people`` and ``life`` are pure: the same seed gives the same city. ``build`` lives it.
"""
