"""A model card in both languages, made with the model: what taught it, what it is worth, where it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.plain import Json, JsonObject
from app.models.values import list_of, part_of, rows_of, text_of

Words = Mapping[str, str]
WORDS: dict[str, Words] = {
    "en": {
        "title": "Model card",
        "what": "What it is",
        "is": "Calibration of the diagnosis of cards. It orders what physics found and says how sure one may "
        "be; it adds no finding, and moves the odds of a rule by a factor of 2 at most.",
        "data": "Data",
        "set": "Training set {set}: {labels} labels of {wells} wells by {authors}; prepared {at} by {by}.",
        "kept": "Judged on {judged} labels of wells that taught nothing; {dropped} look-alikes of theirs "
        "were in neither part.",
        "against": "Look-alike cards that contradict each other: {share} of {twice}; no model can be right "
        "more often than {ceiling}.",
        "worth": "What it is worth: log loss, with the interval over wells",
        "head": "| split | rules alone | champion | this model | difference |",
        "calibration": "Calibration on the held-out wells: said, labels, held",
        "outlines": "Likely groups from the outline (no rods entered)",
        "outline_none": "Not taught: {cards} cards of which somebody knows what they show, and no gain on "
        "wells that were kept back. The network is the champion's.",
        "outline": "Taught by {cards} cards of libraries and confirmed repairs. On {judged} cards of {wells} "
        "wells that taught nothing: log loss {champion}, now {challenger}; named first {first}, among two "
        "{two} (before, now). It names groups, never a finding.",
        "deep": "The network runs along the curves of the card: PyTorch taught it by simulated wells.",
        "families": "On simulated wells: family, champion, this model",
        "curve": "Decision curve (acting from that chance on): threshold, net benefit, of acting always",
        "gates": "Gates",
        "passed": "passed",
        "stopped": "STOPPED",
        "limits": "Limits",
        "limit": "Only the conditions with enough labels have moved: {moved}. All others are as simulated "
        "wells taught them (docs/DIAGNOSIS.md). Cards unlike those taught get the rule's own confidence. It "
        "is of this site: nothing is known of another.",
        "made": "Made of {champion}; seed {seed}; program {program}; NumPy {numpy}; packages "
        "{lock_sha256}. Licence: the site's own.",
        "none": "none",
    },
    "ru": {
        "title": "Паспорт модели",
        "what": "Что это",
        "is": "Калибровка диагноза по динамограммам. Упорядочивает найденное физикой и говорит, насколько "
        "можно быть уверенным; диагнозов не добавляет, шансы правила меняет не более чем в 2 раза.",
        "data": "Данные",
        "set": "Обучающий набор {set}: разметок {labels}, скважин {wells}, кто размечал: {authors}; "
        "подготовлен {at}, {by}.",
        "kept": "Проверено на {judged} разметках скважин, которые ничему не учили; {dropped} похожих на них "
        "динамограмм не вошли ни в одну часть.",
        "against": "Похожие динамограммы, разметка которых противоречит: {share} из {twice}; чаще, чем "
        "{ceiling}, не может быть права ни одна модель.",
        "worth": "Чего стоит: логарифмическая потеря, интервал по скважинам",
        "head": "| разбиение | только правила | прежняя модель | эта модель | разность |",
        "calibration": "Калибровка на отложенных скважинах: сказано, разметок, подтвердилось",
        "outlines": "Вероятные группы по контуру (штанги не введены)",
        "outline_none": "Не дообучалось: динамограмм, о которых известно, что они показывают: {cards}, и на "
        "отложенных скважинах выигрыша нет. Сеть прежней модели.",
        "outline": "Дообучено на {cards} динамограммах библиотек и подтверждённых ремонтов. На {judged} "
        "динамограммах {wells} скважин, которые ничему не учили: логарифмическая потеря {champion}, теперь "
        "{challenger}; названо первым {first}, среди двух {two} (прежде, теперь). Называет группы, "
        "не диагноз.",
        "deep": "Сеть идёт по кривым динамограммы: PyTorch обучил её на модельных скважинах.",
        "families": "На модельных скважинах: семейство, прежняя модель, эта",
        "curve": "Кривая решений (действовать с этой вероятности): порог, чистая польза, она же, если "
        "действовать всегда",
        "gates": "Проверки",
        "passed": "пройдена",
        "stopped": "ОСТАНОВЛЕНО",
        "limits": "Пределы",
        "limit": "Изменились только диагнозы, у которых хватило разметки: {moved}. Остальные — какими их "
        "выучили модельные скважины (docs/DIAGNOSIS.md). Динамограммы, не похожие на обучающие, получают "
        "уверенность самого правила. Модель этого промысла: о других ничего не известно.",
        "made": "Сделана из {champion}; зерно {seed}; программа {program}; NumPy {numpy}; пакеты "
        "{lock_sha256}. Лицензия: "
        "собственность промысла.",
        "none": "нет",
    },
}


def card(language: str, manifest: JsonObject) -> str:
    """Markdown of a run's manifest."""
    words, judged = WORDS[language], part_of(manifest, "judged")
    of_set, against = part_of(manifest, "of_set"), part_of(part_of(manifest, "of_set"), "disagreement")
    moved = ", ".join(f"`{code}`" for code in list_of(manifest, "moved")) or words["none"]
    lines = [
        f"# {words['title']}: {text_of(manifest, 'name')} {text_of(manifest, 'version')}",
        "",
        f"## {words['what']}",
        "",
        words["is"],
        "",
        f"## {words['data']}",
        "",
        words["set"].format(
            set=text_of(manifest, "set")[:16],
            labels=of_set.get("labels"),
            wells=len(list_of(of_set, "wells")),
            authors=", ".join(map(str, list_of(of_set, "authors"))),
            at=of_set.get("made_at"),
            by=of_set.get("by"),
        ),
        words["kept"].format(judged=judged.get("labels"), dropped=judged.get("dropped")),
        words["against"].format(**{key: against.get(key) for key in ("share", "twice", "ceiling")}),
        "",
        f"## {words['worth']}",
        "",
        words["head"],
        "|---|---|---|---|---|",
        *(_row(one) for one in rows_of(judged, "splits")),
        "",
        words["calibration"],
        "",
        *(f"- {said} · {count} · {held}" for said, count, held in _threes(list_of(judged, "calibration"))),
        "",
        words["curve"],
        "",
        *(f"- {at} · {own} · {all_}" for at, own, all_ in _threes(list_of(judged, "decision_curve"))),
        "",
        f"## {words['outlines']}",
        "",
        *_outlines(words, part_of(manifest, "outlines"), part_of(judged, "outlines")),
        "",
        f"## {words['gates']}",
        "",
        *(
            f"- {one['gate']}: {words['passed'] if one['passed'] else words['stopped']} {one['why']}".rstrip()
            for one in rows_of(manifest, "gates")
        ),
        "",
        f"## {words['limits']}",
        "",
        words["limit"].format(moved=moved),
        words["made"].format(
            **{key: manifest.get(key) for key in ("champion", "seed", "program", "numpy", "lock_sha256")}
        ),
    ]
    return "\n".join(lines) + "\n"


def _outlines(words: Words, taught: JsonObject, judged: JsonObject) -> list[str]:
    if not taught.get("taught"):
        return [words["outline_none"].format(cards=taught.get("cards", 0))]
    pairs = {key: " → ".join(map(str, list_of(judged, key))) for key in ("first", "among_two")}
    said = words["outline"].format(
        cards=taught.get("cards"),
        judged=judged.get("cards"),
        wells=judged.get("wells"),
        champion=_interval(list_of(judged, "champion")),
        challenger=_interval(list_of(judged, "challenger")),
        first=pairs["first"],
        two=pairs["among_two"],
    )
    families = part_of(judged, "families")
    rows = [
        f"- {name} · {_interval(list_of(part_of(families, name), 'champion'))} · "
        f"{_interval(list_of(part_of(families, name), 'challenger'))}"
        for name in families
    ]
    deep = [words["deep"], ""] if taught.get("deep") else []
    return [*deep, said, "", words["families"], "", *rows]


def _row(one: JsonObject) -> str:
    cells = [_interval(list_of(one, key)) for key in ("rules", "champion", "challenger", "difference")]
    return f"| {one['by']} ({one['labels']}) | {' | '.join(cells)} |"


def _interval(told: Sequence[Json]) -> str:
    return f"{told[0]} ({told[1]} … {told[2]})" if len(told) == 3 else "—"


def _threes(told: Sequence[Json]) -> list[tuple[Json, Json, Json]]:
    return [(one[0], one[1], one[2]) for one in told if isinstance(one, list)]
