"""The audit: everything that happened, judged offline by somebody who did not take part.

It reads the four logs and their views with a role of its own, Kafka from offset 0, the mailbox and the payment sandbox
into one scratch file; then each check asks the scratch file and nothing else.
"""
