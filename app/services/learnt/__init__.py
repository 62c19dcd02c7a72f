"""Models that the centre taught: fetched, verified, put into force when nobody works, and given back."""
