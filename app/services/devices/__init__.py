"""Instruments into the store: profiles at hand, archives, recordings and cards: imports of the journal."""
