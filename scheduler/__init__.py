"""What happens only because time passed."""
