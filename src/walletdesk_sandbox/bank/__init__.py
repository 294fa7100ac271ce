"""A bank to practise on: a process of its own with its own books, a REST interface, and faults on demand.

It takes money from a person's bank account on request (a *pull*) and hands it to whoever asked. It knows nothing of
wallets. Every request carries the asker's reference, and one reference is one pull, however often it is sent::

    POST /pulls                      {"reference", "amount_minor", "asset"}   do it, or answer as the first time
    GET  /pulls/{reference}          what became of it; 404 if it was never heard of
    POST /pulls/{reference}/void     if it was never heard of, never do it; else as GET
    GET  /statement?day=2026-05-19   what was done on that day, with the sum per asset
    GET  /faults, POST, DELETE       what goes wrong on purpose
    GET  /health

Run it with ``python -m walletdesk_sandbox.bank --port 8021 --data bank.sqlite3 --seed 1``.
"""
