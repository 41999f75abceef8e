"""Keeps past sections with their vectors and finds those that are like a query.

`library.Library` is the whole of it for callers; `index` brings it up to
date, `ranking` orders what is found, `generation` is the layout on disk.
"""
