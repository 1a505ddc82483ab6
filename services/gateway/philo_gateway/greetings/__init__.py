"""A hello that goes through Kafka and every service and back: whoever answers hears, and is heard."""
