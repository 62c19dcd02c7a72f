"""Devices that are not there: controllers driven by the simulators, for the tour, the tests and IT."""
