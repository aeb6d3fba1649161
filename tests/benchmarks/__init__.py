"""How fast and how large: every figure of the design, measured beside the same work done as others do it."""
