"""Amounts of money as integer minor units of an asset. Refuses to know accounts, people, rates and floats."""
