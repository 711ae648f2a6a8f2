"""Reported loss counts and statements of the Russia-Ukraine war, typed and checked."""
