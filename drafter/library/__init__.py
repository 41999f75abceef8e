"""Stores past sections as vectors and finds the similar ones."""
