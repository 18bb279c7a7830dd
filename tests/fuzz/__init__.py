"""Fuzzing: hostile input for every reader, outside of the tests; each crash that it finds becomes a test."""
