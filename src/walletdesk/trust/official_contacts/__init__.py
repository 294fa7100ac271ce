"""The one official directory: every number, address and handle that is us, with hours, signed, in numbered editions.

    rules/directory.py   what an entry is, and how a change makes the next edition
    rules/opening.py     open now? next opening, next closing
    signing_key.py       the Ed25519 key of this house
    verify_contacts.py   a script that anybody can run anywhere to check a copy; it needs nothing but Python

What is not in here is not us. Refuses to know about customers and staff: who may publish is asked above.
"""
