"""The door for anyone, also locked out, also without JavaScript: the first page, the official contacts, signing in and up.

It holds no rule of its own; who may sign in is allauth's and axes' business, what a contact is that of
``trust.official_contacts``.
"""
