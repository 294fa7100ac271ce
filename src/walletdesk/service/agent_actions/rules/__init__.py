"""The laws of acting for a customer: what is masked, what a proposal needs, how it reads. Pure."""
