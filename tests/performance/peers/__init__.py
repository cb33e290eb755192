"""Every function that another library has too: what a bar costs here and there, and how far both are from right."""
