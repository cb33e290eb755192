"""What people hold: rules, sessions, universes, results, explanations and reports; one module per noun."""
