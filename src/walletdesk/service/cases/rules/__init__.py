"""The laws of a case: where it stands, when a promise is kept, who is next, what the summary says. All pure."""
