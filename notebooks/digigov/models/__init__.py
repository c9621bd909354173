"""Governments as plain functions over numpy: no widgets, no plots, no text."""
