"""Money back after capture: to the source, never more than was paid, once per authority.

Knows payments, who allowed it and what the books will do. Refuses to know cases, agents' pages and why a customer asked.
"""
