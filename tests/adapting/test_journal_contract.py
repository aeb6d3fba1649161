"""One contract over three recorders: in memory, in an SQLite file, in PostgreSQL; then what each promises besides."""
