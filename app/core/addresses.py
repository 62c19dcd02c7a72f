"""What is said of addresses in more than one place."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""This machine: what is sent there goes over no network, and may be in the clear."""
