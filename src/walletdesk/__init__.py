"""Walletdesk: a digital wallet and the service desk behind it, in one system.

The wings, from the ground up: ``foundation``, ``trust``, ``money``, ``service``; on the outside ``doors`` and
``adapters``; ``project`` joins them. A wing may call only downwards, and only another room's ``public.py``.
"""
