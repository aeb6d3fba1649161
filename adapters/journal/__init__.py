"""The journal: where records are kept, in order, append-only and sealed, in memory, in an SQLite file or in PostgreSQL."""
