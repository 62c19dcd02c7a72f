"""Instruments: a controller's values as they are, its archive, its card."""
