"""Philo's render beside its peers and beside the encoder alone: one command, one run, one machine."""
