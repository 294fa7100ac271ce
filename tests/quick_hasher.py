"""The product's own argon2id with the smallest costs, so that a thousand sign-ins in tests do not take a minute each."""

from walletdesk.foundation.identity.hashers import Argon2


class QuickArgon2(Argon2):
    time_cost = 1
    memory_cost = 8
