"""Counts of Oryx and of the Russian Ministry of Defence."""
