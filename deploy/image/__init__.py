"""The image of the centre: Debian's packages and the locked wheels, each by its hash, and no shell."""
