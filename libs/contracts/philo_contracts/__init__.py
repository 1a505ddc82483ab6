"""What Philo's services say to each other: envelope, events, topics, schemas. No I/O."""
