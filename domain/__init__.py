"""What happens in a dual prevention mechanism and why: pure decisions over recorded facts."""
