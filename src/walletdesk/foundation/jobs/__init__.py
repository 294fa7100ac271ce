"""Work that is not done at once: a task that waits in line, and a timer that comes round every so many seconds.

Tasks are carried by procrastinate, whose rows are written in the caller's transaction. Timers are our own: procrastinate
knows minutes, we need seconds, and a row with a lease keeps several workers from doing one timer twice. Refuses to know
what the work is.
"""
