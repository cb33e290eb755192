"""Exact kernels, one module per family, each written from the formula; they are found by their file."""
