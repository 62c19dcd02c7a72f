"""Pictures of every page, both languages, all themes, at 1366×768 or another size: to look at, and for the
README.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication, QWidget

from app.core.settings import Settings
from app.core.texts import LANGUAGES
from app.services.wells.building import PARTS
from app.views.commands.entries import ENTERED
from app.views.main_window import MainWindow
from app.views.settling import settle
from app.views.tasks import TaskRunner
from app.views.theme import THEMES

# page → the demo well that has something to show there; other pages show the well that is open
SHOWN = {
    "overview": "117",
    "trends": "103",
    "cards": "202",
    "flow": "103",
    "welltests": "101",
    "forecast": "103",
    "advice": "102",
    "lab": "103",
    "records": "201",
    "reports": "104",
    "field": "103",
    "sync": "103",
    "today": "103",
    "alarms": "103",
    "builder": "202",
}
BUILDER_SIZES = ((1366, 768), (1024, 700))
# Pages with several panels (`scenes`, `show_scene`) show each of them in one theme.
THEME_OF_SCENES = "light"


def take_all(
    application: QApplication,
    window: MainWindow,
    runner: TaskRunner,
    settings: Settings,
    out: Path,
    pages: tuple[str, ...],
    languages: tuple[str, ...] = LANGUAGES,
    themes: tuple[str, ...] = tuple(THEMES),
    size: tuple[int, int] = (1366, 768),
) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    window.resize(*size)
    window.show()
    settle(application, runner)
    taken: list[Path] = []
    before = {key: settings[key] for key in ("language", "theme")}
    for language in languages:
        for theme in themes:
            settings.set("language", language)
            settings.set("theme", theme)
            settle(application, runner)
            for page in pages:
                if page == "builder":
                    taken += _builder(window, out, f"{language}-{theme}", lambda: settle(application, runner))
                    continue
                _open(window, page, SHOWN.get(page, ""), lambda: settle(application, runner))
                taken.append(_grab(window, out / f"{page}-{language}-{theme}.png"))
                if theme == THEME_OF_SCENES:
                    for scene in getattr(window.page(page), "scenes", ()):
                        window.page(page).show_scene(scene)  # type: ignore[attr-defined]
                        settle(application, runner)
                        taken.append(_grab(window, out / f"{page}-{scene}-{language}-{theme}.png"))
            if theme == THEME_OF_SCENES and {"lab", "records"} & set(pages):
                taken += _dialogs(window, out, language, lambda: settle(application, runner))
    for key, value in before.items():
        settings.set(key, value)
    settle(application, runner)
    return taken


SHEET = """Результаты анализа проб за октябрь 2026 г.;;;;;
Лаборатория: ХАЛ ЦНИПР;;;;;
;;;;;
Скважина;Дата отбора;Плотность при 20 °С, г/см3;Хлористые соли, мг/л;КВЧ, мг/л;Сероводород, мг/л
101;12.10.26;0,865;310;85;<0,05
102;13.10.26;0,871;295;н/о;следы
103;32.10.26;0,862;301;9O;<0,05
скв. №999/К-5;15.10.26;0,858;298;77;<0,05
Среднее;;0,864;301;;
"""


ASKS = """Скважина;Дата;Рпр;Обводненность;Qж, т/сут
101;03/04/2026;800;0,4;45
101;05/06/2026;801;0,5;46
"""


def _dialogs(window: MainWindow, out: Path, language: str, wait: Callable[[], None]) -> list[Path]:
    """The previews of a laboratory's file with what is wrong in it and of one that asks, and every form."""
    taken = []
    with TemporaryDirectory() as folder:
        for name, picture, content in (("protocol", "import", SHEET), ("asks", "import-asks", ASKS)):
            file = Path(folder) / f"{name}.csv"
            file.write_text(content, encoding="utf-8")
            window.importing.take([file])
            wait()
            preview = window.importing.dialog
            assert preview is not None
            taken.append(_grab(preview, out / f"{picture}-{language}.png"))
            preview.reject()
            wait()
    for kind in ENTERED:
        window.entering.open(kind)
        wait()
        form = window.entering.form
        assert form is not None
        taken.append(_grab(form, out / f"form-{kind}-{language}.png"))
        form.reject()
        wait()
    return taken


def _builder(window: MainWindow, out: Path, name: str, wait: Callable[[], None]) -> list[Path]:
    """Every part of a rod-pumped well, in a window of a desk and in a small one."""
    _open(window, "overview", SHOWN["builder"], wait)
    taken, before = [], window.size()
    for size in BUILDER_SIZES:
        window.resize(*size)
        window.building.open_chosen()
        wait()
        builder = window.building.builder
        assert builder is not None
        for number, key in enumerate(PARTS):
            builder.list.setCurrentRow(number)
            wait()
            taken.append(_grab(builder, out / f"builder-{key}-{size[0]}-{name}.png"))
        builder.reject()
        wait()
    window.resize(before)
    return taken


def _grab(window: QWidget, path: Path) -> Path:
    window.grab().save(str(path))
    return path


def _open(window: MainWindow, page: str, name: str, wait: Callable[[], None]) -> None:
    well = next((well for well in window.tree.wells() if well.name == name), None)
    if well is not None:
        window.context.choose_well(well)
        wait()
    window.open_page(page)
    wait()
