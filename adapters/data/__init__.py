"""Lists of facts that ship with the product, each read by a module of its own."""
