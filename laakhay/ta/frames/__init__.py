"""Data as people have it, read for the engine: arrays, tables, bars, by one reading for every door."""
