"""A network over the curves of a card: taught by PyTorch in an environment of its own, asked with NumPy."""
