"""Delivery: what falls to people leaves the outbox by files and signed webhooks; receipts become records."""
