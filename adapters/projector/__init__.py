"""Brings the answers to questions up to date with the records."""
