"""What a record of each kind looks like in the journal, byte for byte, so that no change of it goes unnoticed."""
