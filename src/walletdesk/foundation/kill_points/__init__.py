"""Named places where a fault test may kill the process. It knows no room; the rooms name the places.

``reach("before_commit")`` does nothing unless ``WALLETDESK_KILL_AT`` names that place: then the process kills itself
there as ``kill -9`` would, so nothing runs afterwards, not even a rollback sent to the database.
"""

from walletdesk.foundation.kill_points.public import PLACES, reach

__all__ = ["PLACES", "reach"]
