"""Papers: reports computed from the records as they were known at one of them, and rendered the same for ever."""
