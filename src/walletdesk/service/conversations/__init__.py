"""What people wrote to each other about a case, with the files they sent; three threads that never mix.

Refuses to know what a case means, how money moves, and HTML: a message is text and is shown as text.
"""
