"""Shops: who sells, who stands at their tills, and which account of the books their takings go to.

Knows names, categories, people and fees of a shop. Refuses to know orders, payments and customers.
"""
