"""Anything by its words: what is put into the index, how it is kept up, what it answers."""
