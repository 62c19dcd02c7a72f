"""Packages that IT hands out, made from the locked requirements and this repository: docs/adr/0009."""
