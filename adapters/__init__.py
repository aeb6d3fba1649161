"""Everything that touches the outside: files, databases, the command line, feeds."""
