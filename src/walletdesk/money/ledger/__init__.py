"""The books: ledger accounts, journal entries, funds holds, and the checker that says whether the books are true.

One implementation of "post": a PL/pgSQL function that takes a batch (one is a batch of one), locks the ledger accounts
in id order, judges entry after entry, writes what passes and answers for the rest. Nothing else moves a counter.

The room knows amounts, assets and accounts. It refuses to know customers, merchants, payments or why money moves: an
owner is a reference that it never reads, and a kind of entry is a word.
"""
