"""When a customer's money stands still, on whose word, and how it moves again.

One record for each freeze of an account, whoever ordered it: the customer (page, API, keypad), risk, or an employee. The
wallets' flags stop the money, risk's mark stops what is still on its way to them; this room sets and lifts all of it in
one transaction with the notice and the case. Refuses to know why risk was worried and how two persons agree.
"""
