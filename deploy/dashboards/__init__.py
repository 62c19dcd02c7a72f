"""Grafana's dashboards, declared: `python -m deploy.dashboards` writes their JSON."""
