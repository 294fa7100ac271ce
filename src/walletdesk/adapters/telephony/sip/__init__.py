"""SIP: a trunk and telephones on one side, a few words on the other. Nothing here carries sound, and nothing decides.

    grammar    lists, addresses, URIs, parameters                              (pure)
    datagram   bytes → a message that we wrote again ourselves, or why not     (pure)
    porter     who may say what to us, and what the others are told            (pure, but for its memory)
    session    descriptions of sound (SDP), theirs and ours                    (pure)
    keypad     digits in INFO                                                  (pure)
    settings   how the line stands in the network: address, lists, trunk
    words      what the line tells the gateway
    line       the asyncio side; all else of it runs in sippy's own thread:
    inside/    endpoint, calls, trunk: the only modules that import sippy

It refuses to know customers, queues and menus; to forward a call; to believe a number or an address in a message.
"""
