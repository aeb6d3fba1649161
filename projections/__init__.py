"""Questions people ask of the records, one module each."""
