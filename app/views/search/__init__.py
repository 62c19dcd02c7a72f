"""One field for wells, commands and whatever was written: what is found stands beside it, by groups."""
