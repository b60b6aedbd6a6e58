"""Every test may ask for a real Postgres and a real Kafka."""

pytest_plugins = ["lectern_local.testkit"]
