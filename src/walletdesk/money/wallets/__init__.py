"""A customer's wallets: one per asset, each standing on one account of the books.

Knows whose money it is and whether it may move. Refuses to know shops, payments and banks. The balance and the freeze
flag live in the books alone; this room keeps who froze what, when and why.
"""
