"""What looks odd: payments judged before they are made, and money that goes round in a ring afterwards.

This room stands below money and customers and imports neither: it hears facts by their fields and keeps its own short
memory of transfers, so that no look into other rooms' tables is needed.
"""
