"""How questions to Prometheus are put together."""

from __future__ import annotations

from deploy.observability.panels import Line

IT = 'component=~"$component"'
SPAN = "$__rate_interval"


def rate(counter: str, by: str) -> str:
    return f"sum by ({by}) (rate({counter}[{SPAN}]))"


def quantile(share: float, histogram: str, by: str = "") -> str:
    """`histogram` as it is called, with its labels; the bucket's name is made of it."""
    name, _, labels = histogram.partition("{")
    inner = f"{name}_bucket{{{labels}" if labels else f"{name}_bucket"
    return f"histogram_quantile({share}, sum by ({', '.join(filter(None, ('le', by)))}) (rate({inner}[{SPAN}])))"


def quantiles(histogram: str) -> list[Line]:
    return [Line(quantile(share, histogram), f"p{round(100 * share)}") for share in (0.5, 0.95, 0.99)]
