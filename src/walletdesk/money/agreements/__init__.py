"""Agreements: how a payer consents beforehand, so that software may pay without a PIN, and within which caps.

A shop proposes an agreement and the payer accepts it with the PIN; or a customer makes an API key of their own, with a
cap. The house's own terms, and who accepted which edition of them, live here too.

Refuses to know what is paid: an order, a transfer and a hold are all one sum to it, asked by somebody for a payee.
"""
