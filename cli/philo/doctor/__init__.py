"""What `philo doctor` looks at: the machine, then every part of the stack."""

from philo.doctor.examine import examine
from philo.doctor.finding import Finding, Verdict

__all__ = ["Finding", "Verdict", "examine"]
