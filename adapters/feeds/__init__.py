"""What comes from outside by itself: warnings of the weather and other feeds, read as they really are."""
