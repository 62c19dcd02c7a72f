"""A mistake for each check, planted into a copy of what it looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.packages import ROOT

DEPLOY = ROOT / "deploy"
CHART = DEPLOY / "helm" / "wellside"
Judge = Callable[[Path], str]
"""What is wrong with a file, or with a chart's folder; empty: nothing."""


@dataclass(frozen=True)
class Twin:
    """`file` is below what the check looks at; none: that is the file itself."""

    mistake: str
    right: str
    wrong: str
    file: str = ""

    def plant(self, where: Path) -> None:
        path = where / self.file if self.file else where
        text = path.read_text(encoding="utf-8")
        if self.right not in text:
            raise SystemExit(f"{path.name}: there is no {self.right!r} to break")
        path.write_text(text.replace(self.right, self.wrong, 1), encoding="utf-8")


COMPOSE = (
    Twin("a misspelt key", "read_only: true", "readonly: true"),
    Twin("a list where a name belongs", 'user: "10001:10001"', "user: [10001]"),
    Twin("a health check without a known moment", "interval: 15s", "interval: [15]"),
)
CONTAINERFILE = (
    Twin("a tag that moves", "FROM scratch AS centre", "FROM debian:latest AS centre"),
    Twin("the superuser", "USER 10001:10001", "USER root"),
    Twin("a command through a shell", 'CMD ["start", "--host", "0.0.0.0"]', "CMD start --host 0.0.0.0"),
    Twin("a place that is relative", "WORKDIR /data", "WORKDIR data"),
)
VALUES = (
    Twin("a tag for a digest", "digest: sha256:", "digest: v"),
    Twin("a value nobody knows", "traces: {endpoint:", "traces: {url:"),
    Twin("ClickHouse without a scheme", "url: https://clickhouse", "url: clickhouse"),
    Twin("a provider without a client", ", client: wellside}", "}"),
    Twin("a copy onto no disk", "backup: {enabled: true, disk: backups}", "backup: {enabled: true}"),
    Twin(
        "a feed that no replica reads",
        "learning: {enabled: true, claim: wellside-learning}",
        "learning: {enabled: true}",
    ),
    Twin("a port that is none", "443, 4318]", "443, 431800]"),
)
CHARTS = (
    Twin("a template that does not close", "{{- end }}", "", "templates/scaling.yaml"),
    Twin(
        "a value that is not there",
        ".Values.migration.deadlineSeconds",
        ".Values.migration.deadline.seconds",
        "templates/jobs.yaml",
    ),
    Twin("no version", "version: 0.1.0\n", "", "Chart.yaml"),
)
MANIFESTS = (
    Twin("a misspelt field", "readinessProbe:", "readynessProbe:", "templates/deployment.yaml"),
    Twin("a number as a word", "periodSeconds: 10", "periodSeconds: ten", "templates/deployment.yaml"),
    Twin("a kind that is no more", "policy/v1", "policy/v1beta1", "templates/scaling.yaml"),
    Twin(
        "a policy of nothing", "policyTypes: [Ingress, Egress]", "policyTypes: Both", "templates/network.yaml"
    ),
    Twin(
        "a job without a way to end", "restartPolicy: Never", "restartPolicy: [Never]", "templates/jobs.yaml"
    ),
)
RULES = (
    Twin("no such function", "rate(", "rat(", "wellside.yml"),
    Twin("no moment", "for: 10m", "for: soon", "wellside.yml"),
)
RULE_TESTS = (Twin("a threshold that was moved", "> 0.8", "> 0.99", "wellside.yml"),)
JENKINS = (Twin("a word that is no name", "stage('test') {", "stage('test' {"),)
PROMETHEUS = (
    Twin("a misspelt key", "scrape_interval:", "scrape_intervall:"),
    Twin("a moment without a unit", "scrape_timeout: 10s", "scrape_timeout: 10"),
)
