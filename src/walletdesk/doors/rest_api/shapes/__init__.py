"""What comes in and what goes out, as types: the description is written from them, requests are read into them, and a test
holds every answer to them.
"""
