"""Live updates: a page hears, as server-sent events, that a topic moved. It refuses to know what a topic means.

    GET /live/events?ticket=…     a stream of ``id: <event id>`` and ``data: {"topic": "customer:…"}``
    WS  /live/calls?ticket=…      the words between a page with a telephone in it and the hotline
    GET /live/healthz             200 while PostgreSQL's notifications arrive

No content travels here: the page asks its own door what is new, so a stream can never show what a page may not.
Pages are made elsewhere (``doors/_shared/live.py`` makes the ticket); this app is lean: Starlette, one LISTEN
connection a process, no Django view, no middleware.
"""
