"""The journal: where records are kept, in order, append-only and sealed: in memory, in a file or in PostgreSQL."""
