"""Rules in frameworks that take nothing but classes of their own."""
