"""The Grafana dashboard, row by row; `python -m tests.deploy.generated` writes it.

As JSON by hand the few lines that matter would drown in the two thousand that every panel needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

UID = "drone-tally"
_SCOPE = 'job=~"$job", instance=~"$instance"'
_DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
_WIDTH, _HEIGHT, _COLUMNS = 8, 8, 3


@dataclass(frozen=True)
class Panel:
    """One panel: expressions with their legends; `$S` stands for the job and instance chosen."""

    title: str
    description: str
    unit: str
    targets: tuple[tuple[str, str], ...]
    kind: str = "timeseries"


def _quantiles(name: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"histogram_quantile({q}, sum by (le) (rate({name}_bucket{{$S}}[$__rate_interval])))", f"p{q * 100:.0f}")
        for q in (0.5, 0.95, 0.99)
    )


ROWS: dict[str, tuple[Panel, ...]] = {
    "Overview": (
        Panel(
            "Workers ready",
            "How many workers count now, beside how many answer. Workers beyond the partitions are never ready.",
            "none",
            (("sum(dronetally_ready{$S})", "ready"), ("sum(up{$S})", "up")),
        ),
        Panel(
            "Articles",
            "Article messages a second by what became of them; unchanged: a copy of one that was read.",
            "cps",
            (("sum by (outcome) (rate(dronetally_articles_total{$S}[$__rate_interval]))", "{{outcome}}"),),
        ),
        Panel(
            "From message to count",
            "Time from an article's message to its claims counted, by share. A replay shows old messages.",
            "s",
            _quantiles("dronetally_end_to_end_latency_seconds"),
        ),
        Panel(
            "Lag",
            "Records that are not yet committed, by topic, over the workers chosen.",
            "short",
            (("sum by (topic) (dronetally_consumer_lag_records{$S})", "{{topic}}"),),
        ),
        Panel(
            "Tallies published",
            "Tallies a second by size of window, tombstones included. They are published only when something changes.",
            "cps",
            (("sum by (window) (rate(dronetally_tallies_published_total{$S}[$__rate_interval]))", "{{window}}"),),
        ),
        Panel(
            "What runs",
            "Version, revision and Python of each worker. Two versions at once must not share a group.",
            "none",
            (("dronetally_build_info{$S}", "{{instance}}: {{version}} {{revision}}, Python {{python}}"),),
            kind="stat",
        ),
    ),
    "Quality": (
        Panel(
            "Claims by measure",
            "Claims a second from newly read articles, by measure.",
            "cps",
            (("sum by (measure) (rate(dronetally_claims_total{$S}[$__rate_interval]))", "{{measure}}"),),
        ),
        Panel(
            "Articles by language",
            "Newly read articles a second by language; und: in none that is known, so nothing was looked for.",
            "cps",
            (
                (
                    "sum by (language) (rate(dronetally_articles_by_language_total{$S}[$__rate_interval]))",
                    "{{language}}",
                ),
            ),
        ),
        Panel(
            "Claims per relevant article",
            "A fall without a change of sources means that sentences are no longer understood.",
            "none",
            (
                (
                    "sum(rate(dronetally_claims_total{$S}[$__rate_interval]))"
                    ' / sum(rate(dronetally_articles_total{$S, outcome="relevant"}[$__rate_interval]))',
                    "claims",
                ),
            ),
        ),
        Panel(
            "Dead letters",
            "Messages a second that could not be read, by reason.",
            "cps",
            (("sum by (reason) (rate(dronetally_dead_letters_total{$S}[$__rate_interval]))", "{{reason}}"),),
        ),
        Panel(
            "Contradictions",
            "Reports of contradictions and slips a second on the conflicts topic.",
            "cps",
            (("sum(rate(dronetally_conflicts_total{$S}[$__rate_interval]))", "reports"),),
        ),
        Panel(
            "Not read to the end",
            "Articles a second that exceed a limit of extraction; entries dropped as past the retention.",
            "cps",
            (
                ("sum by (limit) (rate(dronetally_articles_cut_total{$S}[$__rate_interval]))", "cut: {{limit}}"),
                (
                    "sum by (reason) (rate(dronetally_claims_dropped_total{$S}[$__rate_interval]))",
                    "dropped: {{reason}}",
                ),
            ),
        ),
    ),
    "Tables": (
        Panel(
            "Entries",
            "Entries of each table, over the workers chosen. They are in memory; growth here is growth there.",
            "short",
            (("sum by (table) (dronetally_table_entries{$S})", "{{table}}"),),
        ),
        Panel(
            "Still to be read back",
            "Changelog records that each worker has yet to read before it counts.",
            "short",
            (("dronetally_recovery_remaining_records{$S}", "{{instance}}"),),
        ),
        Panel(
            "Time to read back",
            "How long reading the tables back took, as a share of recoveries.",
            "s",
            _quantiles("dronetally_recovery_duration_seconds"),
        ),
    ),
    "Kafka": (
        Panel(
            "Since the last commit",
            "Seconds since each worker last committed an offset; it matters only while there is lag.",
            "s",
            (("time() - dronetally_last_commit_timestamp_seconds{$S}", "{{instance}}"),),
        ),
        Panel(
            "Rebalances",
            "Rebalances that each worker took part in.",
            "short",
            (("increase(dronetally_rebalances_total{$S}[$__rate_interval])", "{{instance}}"),),
        ),
        Panel(
            "Time without partitions",
            "How long a rebalance stopped the counting, as a share of rebalances.",
            "s",
            _quantiles("dronetally_rebalance_duration_seconds"),
        ),
        Panel(
            "Time to publish",
            "Time to send one batch and have it confirmed by all replicas in step.",
            "s",
            _quantiles("dronetally_publish_duration_seconds"),
        ),
        Panel(
            "Failed sends",
            "Sends that failed for good, by topic and error; the worker ends with them.",
            "short",
            (("sum by (topic, error) (dronetally_publish_errors_total{$S})", "{{topic}}: {{error}}"),),
        ),
        Panel(
            "Behind now",
            "Wall clock minus the newest article time counted; hours are usual at night, days in a replay.",
            "s",
            (("time() - max(dronetally_event_time_watermark_seconds{$S} > 0)", "behind"),),
        ),
        Panel(
            "Moved to their partition",
            "Articles a second that came under another key than their id and were forwarded once.",
            "cps",
            (("sum(rate(dronetally_articles_rekeyed_total{$S}[$__rate_interval]))", "articles"),),
        ),
    ),
    "Process": (
        Panel(
            "Processor",
            "Cores in use by each worker; one is the most that a worker can use.",
            "none",
            (("rate(process_cpu_seconds_total{$S}[$__rate_interval])", "{{instance}}"),),
        ),
        Panel("Memory", "Resident memory.", "bytes", (("process_resident_memory_bytes{$S}", "{{instance}}"),)),
        Panel(
            "Time to extract",
            "Time to extract the claims of one article.",
            "s",
            _quantiles("dronetally_extract_duration_seconds"),
        ),
        Panel("Open files", "File descriptors.", "short", (("process_open_fds{$S}", "{{instance}}"),)),
        Panel(
            "Starts",
            "Starts of each worker within a quarter of an hour, and ends by an error.",
            "short",
            (
                ("changes(process_start_time_seconds{$S}[15m])", "{{instance}}: starts"),
                ("dronetally_agent_restarts_total{$S}", "{{instance}}: errors"),
            ),
        ),
        Panel(
            "Series",
            "Series that each worker exposes; the bound is 500.",
            "short",
            (("scrape_samples_scraped{$S}", "{{instance}}"),),
        ),
    ),
}


def dashboard() -> dict[str, Any]:
    """Write the dashboard as Grafana reads it."""
    panels: list[dict[str, Any]] = []
    top = 0
    for row, members in ROWS.items():
        panels.append(
            {
                "id": len(panels) + 1,
                "type": "row",
                "title": row,
                "collapsed": False,
                "panels": [],
                "gridPos": {"x": 0, "y": top, "w": _WIDTH * _COLUMNS, "h": 1},
            }
        )
        top += 1
        for n, panel in enumerate(members):
            place = {"x": n % _COLUMNS * _WIDTH, "y": top + n // _COLUMNS * _HEIGHT, "w": _WIDTH, "h": _HEIGHT}
            panels.append(_panel(len(panels) + 1, panel, place))
        top += -(-len(members) // _COLUMNS) * _HEIGHT
    return {
        "uid": UID,
        "title": "drone-tally",
        "description": "The workers that count drone attacks from news articles. What to do: docs/operate/runbook.md.",
        "tags": ["drone-tally", "kafka"],
        "schemaVersion": 41,
        "version": 1,
        "editable": False,
        "graphTooltip": 1,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "timezone": "browser",
        "templating": {"list": _variables()},
        "panels": panels,
    }


def _variables() -> list[dict[str, Any]]:
    def query(name: str, label: str, text: str) -> dict[str, Any]:
        return {
            "name": name,
            "label": label,
            "type": "query",
            "datasource": _DATASOURCE,
            "query": {"query": text, "refId": name},
            "definition": text,
            "refresh": 2,
            "multi": True,
            "includeAll": True,
            "allValue": ".*",
            "current": {"text": ["All"], "value": ["$__all"]},
            "sort": 1,
        }

    return [
        {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"},
        query("job", "Job", "label_values(dronetally_build_info, job)"),
        query("instance", "Instance", 'label_values(dronetally_build_info{job=~"$job"}, instance)'),
    ]


def _panel(number: int, panel: Panel, place: dict[str, int]) -> dict[str, Any]:
    return {
        "id": number,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.description,
        "datasource": _DATASOURCE,
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "options": _OPTIONS[panel.kind],
        "targets": [
            {
                "refId": chr(ord("A") + n),
                "datasource": _DATASOURCE,
                "expr": expression.replace("$S", _SCOPE),
                "legendFormat": legend,
            }
            for n, (expression, legend) in enumerate(panel.targets)
        ],
    }


_OPTIONS: dict[str, dict[str, Any]] = {
    "timeseries": {
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
        "tooltip": {"mode": "multi", "sort": "desc"},
    },
    "stat": {"textMode": "name", "colorMode": "none", "graphMode": "none", "reduceOptions": {"calcs": ["lastNotNull"]}},
}
