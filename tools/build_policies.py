"""Group policy templates of Windows, made from the settings' declarations: `python -m tools.build_policies`
writes `installer/policies`. A domain's administrators copy the folder to PolicyDefinitions.

Every setting twice: set by IT (nobody changes it), and as a default that stays the user's.
Source: ADMX schema reference (Microsoft, policy definitions 1.0): text, decimal, enum, enabled and disabled
value.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from app.core.policies import KEY, RECOMMENDED
from app.core.setting import Setting
from app.core.site import OPEN

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "installer" / "policies"
CULTURES = {"ru": "ru-RU", "en": "en-US"}
NAMESPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
OURS = "Wellside.Policies"
MOST_DECIMAL = 4_294_967_295
FOLDERS = {"": KEY, "_recommended": rf"{KEY}\{RECOMMENDED}"}
TITLES = {
    "ru": {
        "wellside": "Wellside",
        "wellside_recommended": "Значения по умолчанию",
        "supported": "Wellside",
    },
    "en": {"wellside": "Wellside", "wellside_recommended": "Default values", "supported": "Wellside"},
}


def definitions() -> Element:
    root = Element("policyDefinitions", {"xmlns": NAMESPACE, "revision": "1.0", "schemaVersion": "1.0"})
    spaces = SubElement(root, "policyNamespaces")
    SubElement(spaces, "target", prefix="wellside", namespace=OURS)
    SubElement(root, "resources", minRequiredRevision="1.0")
    supported = SubElement(SubElement(root, "supportedOn"), "definitions")
    SubElement(supported, "definition", name="supported", displayName="$(string.supported)")
    categories = SubElement(root, "categories")
    SubElement(categories, "category", name="wellside", displayName="$(string.wellside)")
    below = SubElement(
        categories, "category", name="wellside_recommended", displayName="$(string.wellside_recommended)"
    )
    SubElement(below, "parentCategory", ref="wellside")
    policies = SubElement(root, "policies")
    for suffix, key in FOLDERS.items():
        for setting in OPEN.values():
            policies.append(_policy(setting, suffix, key))
    return root


def _policy(setting: Setting, suffix: str, key: str) -> Element:
    name = setting.key + suffix
    about = {
        "name": name,
        "class": "Both",
        "displayName": f"$(string.{setting.key})",
        "explainText": f"$(string.{setting.key}_help)",
        "key": key,
    }
    if setting.kind == "bool":
        policy = Element("policy", about | {"valueName": setting.key})
    else:
        policy = Element("policy", about | {"presentation": f"$(presentation.{setting.key})"})
    SubElement(policy, "parentCategory", ref=f"wellside{suffix}")
    SubElement(policy, "supportedOn", ref="supported")
    if setting.kind == "bool":
        for element, value in (("enabledValue", "1"), ("disabledValue", "0")):
            SubElement(SubElement(policy, element), "decimal", value=value)
    else:
        SubElement(policy, "elements").append(_element(setting))
    return policy


def _element(setting: Setting) -> Element:
    """Numbers with a fraction are text: the registry has none."""
    about = {"id": setting.key, "valueName": setting.key, "required": "true"}
    if setting.kind == "int":
        low, high = int(setting.minimum or 0), int(min(setting.maximum or MOST_DECIMAL, MOST_DECIMAL))
        return Element("decimal", about | {"minValue": str(low), "maxValue": str(high)})
    if setting.kind == "choice":
        choices = Element("enum", about)
        for choice in setting.choices:
            item = SubElement(choices, "item", displayName=f"$(string.{setting.key}_{choice})")
            SubElement(SubElement(item, "value"), "string").text = choice
        return choices
    return Element("text", about)


def words(language: str) -> Element:
    root = Element(
        "policyDefinitionResources", {"xmlns": NAMESPACE, "revision": "1.0", "schemaVersion": "1.0"}
    )
    for element in ("displayName", "description"):
        SubElement(root, element).text = "Wellside"
    resources = SubElement(root, "resources")
    table = SubElement(resources, "stringTable")
    for key, text in (*TITLES[language].items(), *_texts(language)):
        SubElement(table, "string", id=key).text = text
    shown = SubElement(resources, "presentationTable")
    for setting in OPEN.values():
        if setting.kind != "bool":
            shown.append(_presentation(setting, language))
    return root


def _texts(language: str) -> Iterator[tuple[str, str]]:
    for setting in OPEN.values():
        yield setting.key, setting.label(language)
        yield f"{setting.key}_help", setting.help(language)
        for choice in setting.choices:
            yield f"{setting.key}_{choice}", choice


def _presentation(setting: Setting, language: str) -> Element:
    label = ", ".join(filter(None, (setting.label(language), setting.unit)))
    presentation = Element("presentation", id=setting.key)
    if setting.kind == "int":
        box = SubElement(presentation, "decimalTextBox", refId=setting.key, defaultValue=str(setting.default))
        box.text = label
    elif setting.kind == "choice":
        drop = SubElement(
            presentation,
            "dropdownList",
            refId=setting.key,
            defaultItem=str(setting.choices.index(setting.default)),
        )
        drop.text = label
    else:
        SubElement(SubElement(presentation, "textBox", refId=setting.key), "label").text = label
    return presentation


def files() -> dict[Path, str]:
    """Name in the folder → content, as Windows reads it."""
    found = {Path("wellside.admx"): definitions()}
    for language, culture in CULTURES.items():
        found[Path(culture) / "wellside.adml"] = words(language)
    return {path: _said(root) for path, root in found.items()}


def _said(root: Element) -> str:
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def main() -> None:
    for path, content in files().items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_text(content, encoding="utf-8")
        print(FOLDER.relative_to(ROOT) / path)


if __name__ == "__main__":
    main()
