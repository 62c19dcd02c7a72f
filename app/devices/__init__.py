"""Instruments at the pad: what a controller's registers mean, and how they are read. Nothing is ever written
to a device. Knows no Qt, no store and no journal.
"""
