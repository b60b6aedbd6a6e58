"""What the services tell each other: public facts by publisher, their envelope, sealed values and schema numbers.

Only what stands here crosses Kafka. A published name or shape never changes: a new shape gets a new schema number and
an upcaster. Nothing in here does I/O, and nothing in here imports anything else of ours.
"""
