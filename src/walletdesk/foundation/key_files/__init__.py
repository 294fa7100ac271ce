"""Secret keys of an installation: from the environment, else made once in the data folder and kept. Refuses to know what
they sign or seal.
"""
