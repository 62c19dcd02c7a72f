"""Packages for Linux: a folder to unpack anywhere, and a .deb."""
