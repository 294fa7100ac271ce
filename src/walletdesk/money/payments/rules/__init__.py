"""The laws of paying: pure functions over plain values. Time, ids and figures are arguments."""
