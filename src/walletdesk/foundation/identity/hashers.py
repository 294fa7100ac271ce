"""Argon2id with a memory cost that a small machine can pay for many people at once (OWASP: m = 19 MiB, t = 2, p = 1)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
