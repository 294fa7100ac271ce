"""Browser legs: a page's WebRTC on one side, plain RTP on loopback towards the media engine on the other.

    browser_legs   the one class others use: calls, rings, hang-ups; what a page says and what it is told
    carriers       what carries the sound: aiortc in a process of its own, or Janus where it is installed
    words          what pages, carriers and we say to one another

It refuses to know who a caller is: a seat is text, a token is passed on unread.
"""
