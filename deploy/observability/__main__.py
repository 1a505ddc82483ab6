"""Write the files, or say which of them are not as they would be written."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

from deploy.observability.causes import CAUSES
from deploy.observability.dashboard import dashboard
from deploy.observability.objectives import burning, recorded

HERE = Path(__file__).parent
HEAD = (
    "# Written by `python -m deploy.observability`: change what it is made of there, in objectives.py and causes.py.\n"
)


def groups() -> dict[str, object]:
    return {
        "groups": [
            {"name": "philo-objectives", "interval": "30s", "rules": list(recorded())},
            {"name": "philo-burning", "rules": list(burning())},
            {"name": "philo-causes", "rules": list(CAUSES)},
        ]
    }


def alerts() -> str:
    return as_yaml(groups())


def alerts_of_a_cluster() -> str:
    """The same, as the Prometheus operator takes them."""
    kind = {"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule"}
    return as_yaml({**kind, "metadata": {"name": "philo", "namespace": "philo"}, "spec": groups()})


def as_yaml(document: dict[str, object]) -> str:
    return HEAD + yaml.safe_dump(document, sort_keys=False, width=120, allow_unicode=True)


def written() -> dict[Path, str]:
    """What each file should hold."""
    return {
        HERE / "prometheus" / "alerts.yml": alerts(),
        HERE.parent / "k8s" / "base" / "alerts.yaml": alerts_of_a_cluster(),
        HERE / "grafana" / "philo.json": json.dumps(dashboard(), indent=2, ensure_ascii=False) + "\n",
    }


def main() -> None:
    check, stale = "--check" in sys.argv, []
    for path, text in written().items():
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(str(path))
        elif not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale:
        sys.exit(f"Not as it would be written: {', '.join(stale)}. Run `python -m deploy.observability`.")


if __name__ == "__main__":
    main()
