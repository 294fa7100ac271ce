"""Who signed in: an address, a password, a language. Refuses to know whether that is a customer, a cashier or an agent."""
