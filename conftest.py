"""Every test may ask for a real Postgres and a real Kafka."""

import os

pytest_plugins = ["lectern_local.testkit"]

os.environ.setdefault("LECTERN_ANSWER_WITHIN_S", "10")  # a busy machine is no finding; the limit has a test of its own
