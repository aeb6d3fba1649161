"""The seal: a stranger can check, without trusting us, that no record was changed, removed or slipped in."""
