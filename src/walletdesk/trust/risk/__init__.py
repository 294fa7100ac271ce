"""What looks odd: money that goes round in a ring, for now. A flag is a note for a risk officer; it stops nothing.

This room stands below money and customers and imports neither: it hears facts by their fields and keeps its own short
memory of transfers, so that no look into other rooms' tables is needed.
"""
