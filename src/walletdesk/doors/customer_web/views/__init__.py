"""The pages of the customer's door, one file per tab or act."""
