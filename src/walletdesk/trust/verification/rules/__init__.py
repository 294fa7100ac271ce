"""The laws of proving who somebody is: levels, codes, proofs, locks, papers. All pure."""
