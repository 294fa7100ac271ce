"""What people send in: the bytes, unchanged and hashed, with what they really are. Served as attachments, never shown.

Refuses to know which case or message a file belongs to and who may read it, and refuses whatever a browser could run.
"""
