"""What Prometheus and Grafana are told about Philo: objectives, alerts and the dashboard, written from here.

`python -m deploy.observability` writes the files; `--check` says whether they are as they would be written.
"""
