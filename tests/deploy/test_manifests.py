"""What chart, compose and image say belongs together, and is what the centre hears."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from central.config import LEARNING_FOLDER, MODEL_KEYS, MODELS_FOLDER, USUAL_PORT
from central.metrics import Metrics
from deploy.image import base

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CHART = DEPLOY / "helm" / "wellside"
TEMPLATES = "\n".join(path.read_text(encoding="utf-8") for path in (CHART / "templates").iterdir())
CONTAINERFILE = (DEPLOY / "image" / "Containerfile").read_text(encoding="utf-8")


def _values() -> dict[str, Any]:
    return dict(yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8")))


def _paths(told: Any, whole: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Down to what is no section."""
    if not isinstance(told, dict) or not told:
        return {whole}
    return {path for name, inner in told.items() for path in _paths(inner, (*whole, name))}


def test_the_feed_of_models_that_the_job_signs_is_the_one_that_replicas_hand_out_and_only_read() -> None:
    """Each pod had a folder of its own: what was taught in Kubernetes reached no laptop."""
    jobs = (CHART / "templates" / "jobs.yaml").read_text(encoding="utf-8")
    replicas = (CHART / "templates" / "deployment.yaml").read_text(encoding="utf-8")
    assert f'range list "{MODELS_FOLDER}" "{MODEL_KEYS}" "{LEARNING_FOLDER}"' in jobs
    assert f"mountPath: /data/{MODELS_FOLDER}, subPath: {MODELS_FOLDER}, readOnly: true" in replicas
    assert MODEL_KEYS not in replicas


def test_every_value_is_in_the_schema_and_every_one_of_the_schema_has_a_value() -> None:
    def declared(schema: dict[str, Any], whole: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
        inner = schema.get("properties")
        if not inner:
            return {whole}
        return {path for name, one in inner.items() for path in declared(one, (*whole, name))}

    schema = json.loads((CHART / "values.schema.json").read_text(encoding="utf-8"))
    schema["properties"].pop("global")  # Helm's own
    given = {path[:2] if path[0] == "resources" else path for path in _paths(_values())}
    assert given == declared(schema)


def test_every_value_is_used_and_nothing_else_is_asked_for() -> None:
    asked = {tuple(name.split(".")) for name in re.findall(r"\.Values\.([A-Za-z.]+)", TEMPLATES)}
    given = _paths(_values())
    assert all(any(path[: len(one)] == one for path in given) for one in asked)
    assert all(any(path[: len(one)] == one for one in asked) for path in given)


def test_every_section_of_the_values_is_told() -> None:
    lines = (CHART / "values.yaml").read_text(encoding="utf-8").splitlines()
    sections = [number for number, line in enumerate(lines) if re.match(r"[a-zA-Z]+:", line)]
    untold = [
        lines[number]
        for number in sections
        if not any(one.strip().startswith("#") for one in lines[number - 1 : number + 2])
    ]
    told_by_kubernetes = ["resources:", "nodeSelector: {}", "tolerations: []"]
    assert [line for line in untold if line not in told_by_kubernetes] == []


def test_the_centre_hears_every_variable_that_it_is_given() -> None:
    given = set(re.findall(r"\bWELLSIDE_[A-Z_]+\b", TEMPLATES))
    compose = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text(encoding="utf-8"))
    given |= {name for name in compose["services"]["centre"]["environment"] if name.startswith("WELLSIDE_")}
    given |= set(re.findall(r"\bWELLSIDE_[A-Z]+(?==)", CONTAINERFILE))
    given |= {f"WELLSIDE_CLICKHOUSE_{name}" for name in ("USER", "PASSWORD", "READ_USER", "READ_PASSWORD")}
    given -= {"WELLSIDE_CLICKHOUSE_"}  # the chart makes the four of it
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "central").rglob("*.py"))
    assert given
    assert sorted(name for name in given if f'"{name}"' not in sources) == []


def test_image_and_chart_agree_on_user_and_port() -> None:
    assert f"USER {base.USER}:{base.USER}" in CONTAINERFILE
    assert f"EXPOSE {USUAL_PORT}" in CONTAINERFILE
    assert f"runAsUser: {base.USER}" in TEMPLATES
    assert f"containerPort: {USUAL_PORT}" in TEMPLATES


def test_nothing_of_compose_writes_to_its_root_or_is_drawn_by_a_tag() -> None:
    services = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text(encoding="utf-8"))["services"]
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert re.fullmatch(r"\$\{[A-Z_]+:\?name@sha256:….*\}", service["image"]), name


def test_every_package_of_the_image_is_pinned_by_its_hash() -> None:
    locked = base.locked()
    assert sorted(package.name for package in locked) == sorted(base.PACKAGES)
    assert all(re.fullmatch(r"[0-9a-f]{64}", package.sha256) for package in locked)
    froms = re.findall(r"^FROM (\S+)", CONTAINERFILE, re.M)
    assert froms == ["scratch", "centre"], "no image is drawn from anywhere"


def test_what_the_chart_scales_by_is_offered_by_the_adapter_and_told_by_the_centre() -> None:
    asked = set(re.findall(r'"(wellside_\w+)" \.Values\.autoscaling', TEMPLATES))
    rules = yaml.safe_load((DEPLOY / "observability" / "adapter.yaml").read_text(encoding="utf-8"))
    offered = {rule["seriesQuery"].partition("{")[0] for rule in rules["externalRules"]}
    told = {name for metric in Metrics().registry.collect() for name in (metric.name, f"{metric.name}_total")}
    assert asked
    assert asked == offered
    assert asked <= told


def test_what_the_sources_of_the_boards_ask_for_is_in_the_environment_of_compose() -> None:
    sources = (DEPLOY / "observability" / "provisioning" / "datasources" / "wellside.yaml").read_text(
        encoding="utf-8"
    )
    compose = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text(encoding="utf-8"))
    asked = set(re.findall(r"\$\{(\w+)\}", sources))
    assert asked
    assert asked <= set(compose["services"]["grafana"]["environment"])


def test_every_file_of_deploy_that_a_text_names_is_there() -> None:
    texts = [
        path for path in DEPLOY.rglob("*") if path.suffix in (".yaml", ".md", ".yml", ".tpl", ".example")
    ]
    texts.append(ROOT / "docs" / "DEPLOYMENT.md")
    named = {
        (path.name, name)
        for path in texts
        for name in re.findall(r"\bdeploy/[\w./-]+\.\w+", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 2
    assert [one for one in sorted(named) if not (ROOT / one[1]).exists()] == []
