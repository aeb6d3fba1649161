"""A year of a mine, told as lines of a batch, that fills a practice file; it is invented, nothing in it is real."""
