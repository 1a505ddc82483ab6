"""HTTP as every Philo service speaks it: problems, identity, pages, health. See each room for its promise."""
