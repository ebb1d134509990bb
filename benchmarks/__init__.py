"""Measurements, side by side in one run. Each prints what it compared, on how many cores, and the ratio."""
