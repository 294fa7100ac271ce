"""The telephone's door: one process, one ordered stream of events a call, and commands to the gateway after commit.

    switchboard    which event belongs to which call; takes calls in, looks around each second, ends in order
    call_line      one call: its events one after the other, its steps, its timers
    sound_acts     a command of the flow → the gateway, within its time
    secret_entry   keys of a secret entry, gathered in memory and nowhere else
    admission      whether one more call can be carried
    room           the hotline's verbs, in threads, through short losses of the database
    wakings        PostgreSQL's notices, and the right to be the only switchboard

It refuses to decide anything about a call (the flow does), to know what carries sound, and to write down a key.
"""
