"""Turns facts and past sections into a draft."""
