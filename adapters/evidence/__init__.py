"""Files that prove what was found, kept by their content beside the database; records hold their salted hashes only."""
