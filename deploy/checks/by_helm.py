"""Helm itself, as a library: by_helm.py schema|lint|render CHART VALUES [OUT]."""

import sys
from pathlib import Path

import helm_python as helm
import yaml


def main(what: str, chart: str, site: str, out: str = "") -> int:
    values = yaml.safe_load(Path(site).read_text(encoding="utf-8"))
    try:
        if what == "lint":
            told = helm.lint(chart, values, strict=True)["errors"]
            print("\n".join(told))
            return 1 if told else 0
        with helm.Chart.load(chart) as loaded:
            loaded.validate_schema(loaded.merge_values(values))
            rendered = loaded.render(values, name="site", namespace="wellside") if what == "render" else {}
    except helm.HelmError as error:
        print(error)
        return 1
    for number, text in enumerate(rendered.values()):
        if text.strip():
            Path(out, f"{number}.yaml").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
