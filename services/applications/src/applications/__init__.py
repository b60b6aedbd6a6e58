"""The educators’ service: accounts and the claim of a record, drafts, payment, submitting, and the status of it all."""
