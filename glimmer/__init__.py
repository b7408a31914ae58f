"""Glimmer."""
