"""The packages for Windows, built on Linux: launchers, MSI, EXE and their signatures."""
