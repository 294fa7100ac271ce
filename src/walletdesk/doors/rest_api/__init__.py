"""The door of other software: ``/v1``, a lean ASGI application. No rule stands here.

app.py           which path leads where, and what lives as long as the process
endpoint.py      what a route declares of itself: from this the door is built and the description is written
passage.py       one request from its first byte to its line in the log
key_ring.py      whose key it is; shares.py how often it may ask (buckets.py while it is alone)
once.py          the money contract: one key, one effect, one answer
lane.py          payments of many callers go to the books together
shapes/          what comes in and goes out, as types; resources/ one file a resource
description.py   OpenAPI 3.1, written from the types; reading_page.py the same for people
"""
