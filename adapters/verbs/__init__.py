"""The verbs a person types, one module per noun."""
