"""Instruments: profiles, bytes, lines and the demo devices."""
