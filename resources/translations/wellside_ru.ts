<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en_US">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Wellside</source>
        <translation>О программе Wellside</translation>
    </message>
    <message>
        <source>Licence: {name}</source>
        <translation>Лицензия: {name}</translation>
    </message>
    <message>
        <source>Models: {versions}</source>
        <translation>Модели: {versions}</translation>
    </message>
    <message>
        <source>Data: {folder}</source>
        <translation>Данные: {folder}</translation>
    </message>
    <message>
        <source>No plug-ins are installed.</source>
        <translation>Дополнений не установлено.</translation>
    </message>
    <message>
        <source>Plug-ins</source>
        <translation>Дополнения</translation>
    </message>
    <message>
        <source>Plug-in</source>
        <translation>Дополнение</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>Пакет</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>loaded</source>
        <translation>загружено</translation>
    </message>
    <message>
        <source>not allowed by the site</source>
        <translation>не разрешено площадкой</translation>
    </message>
    <message>
        <source>refused: {reason}</source>
        <translation>отклонено: {reason}</translation>
    </message>
    <message>
        <source>Logs: {folder}</source>
        <translation>Журналы: {folder}</translation>
    </message>
    <message>
        <source>Libraries, their versions and licences</source>
        <translation>Библиотеки, их версии и лицензии</translation>
    </message>
    <message>
        <source>Folder of the logs</source>
        <translation>Папка журналов</translation>
    </message>
</context>
<context>
    <name>AdvicePage</name>
    <message>
        <source>As it stands</source>
        <translation>Как сейчас</translation>
    </message>
    <message>
        <source>Better settings</source>
        <translation>Лучшие режимы</translation>
    </message>
    <message>
        <source>The pad, most to gain first</source>
        <translation>Куст: сначала где больше прирост</translation>
    </message>
    <message>
        <source>What would it bring?</source>
        <translation>Что это даст?</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Ограничения</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Режим</translation>
    </message>
    <message>
        <source>kWh/t</source>
        <translation>кВт·ч/т</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Риск</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Скв.</translation>
    </message>
    <message>
        <source>Oil gained, t/d</source>
        <translation>Прирост нефти, т/сут</translation>
    </message>
</context>
<context>
    <name>AlarmLimitsDialog</name>
    <message>
        <source>Limits of well {name}</source>
        <translation>Пределы скважины {name}</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Пределы</translation>
    </message>
    <message>
        <source>Also while the pump stands</source>
        <translation>И пока насос стоит</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Предел</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Значение</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>Чей</translation>
    </message>
    <message>
        <source>A formula over sensors…</source>
        <translation>Формула по датчикам…</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Для чего</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>По чему</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Формула</translation>
    </message>
    <message>
        <source>Name of the rule</source>
        <translation>Название правила</translation>
    </message>
    <message>
        <source>Dead band</source>
        <translation>Зона возврата</translation>
    </message>
    <message>
        <source>Delay of the alarm, min</source>
        <translation>Задержка подъёма, мин</translation>
    </message>
    <message>
        <source>Delay of the return, min</source>
        <translation>Задержка снятия, мин</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Приоритет</translation>
    </message>
    <message>
        <source>Set the limit</source>
        <translation>Установить предел</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>Здесь не действует</translation>
    </message>
    <message>
        <source>As inherited</source>
        <translation>Как выше по уровню</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>The well&apos;s own word stands over its lift&apos;s, that over its pad&apos;s, that over the field&apos;s; the equipment&apos;s holds where nobody says anything. A limit holds from now on: what was raised before stays in the list.</source>
        <translation>Слово скважины важнее слова её способа, то — слова куста, то — слова месторождения; предел оборудования действует, где не сказано ничего. Предел действует с этой минуты: прежние тревоги остаются в списке.</translation>
    </message>
    <message>
        <source>Saved: it holds from now on.</source>
        <translation>Сохранено: действует с этой минуты.</translation>
    </message>
</context>
<context>
    <name>AlarmTables</name>
    <message>
        <source>Alarms</source>
        <translation>Тревоги</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Скважина</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Тревога</translation>
    </message>
    <message>
        <source>Raised</source>
        <translation>Возникла</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Вернулась</translation>
    </message>
    <message>
        <source>Furthest</source>
        <translation>Дальше всего</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Предел</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Приоритет</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Alarms by well, seven days</source>
        <translation>Тревоги по скважинам за семь суток</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>In 7 days</source>
        <translation>За 7 сут</translation>
    </message>
    <message>
        <source>Most in a day</source>
        <translation>Больше всего за сутки</translation>
    </message>
    <message>
        <source>Not known since</source>
        <translation>Неизвестно с</translation>
    </message>
    <message>
        <source>Chattering</source>
        <translation>Дребезг</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Стоячие</translation>
    </message>
</context>
<context>
    <name>AlarmsPage</name>
    <message>
        <source>No alarms here. Limits come from the equipment that is in the well (the winding of this motor, its rated current); a site sets its own with “Limits…”, for a well, a lift, a pad or the whole field.</source>
        <translation>Тревог нет. Пределы берутся у оборудования, которое в скважине (обмотка этого ПЭД, его номинальный ток); промысел ставит свои кнопкой «Пределы…» — для скважины, способа, куста или всего месторождения.</translation>
    </message>
    <message>
        <source>All wells</source>
        <translation>Все скважины</translation>
    </message>
    <message>
        <source>The pad</source>
        <translation>Куст</translation>
    </message>
    <message>
        <source>The well</source>
        <translation>Скважина</translation>
    </message>
    <message>
        <source>Alarms of which wells</source>
        <translation>Тревоги каких скважин</translation>
    </message>
    <message>
        <source>Waiting for somebody</source>
        <translation>Ждут кого-нибудь</translation>
    </message>
    <message>
        <source>All, with what has returned</source>
        <translation>Все, и вернувшиеся</translation>
    </message>
    <message>
        <source>Alarms in which state</source>
        <translation>Тревоги в каком состоянии</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Тревоги</translation>
    </message>
    <message>
        <source>How many, and which are no use</source>
        <translation>Сколько, и какие только мешают</translation>
    </message>
    <message>
        <source>shown {shown} of {total}</source>
        <translation>показано {shown} из {total}</translation>
    </message>
    <message>
        <source>No alarm was raised in the last seven days.</source>
        <translation>За последние семь суток тревог не возникало.</translation>
    </message>
    <message>
        <source>What was done, or will be? The comment is kept with your name and sent.</source>
        <translation>Что сделано или будет? Комментарий хранится с вашим именем и отправляется.</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Квитировать</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Показать ещё</translation>
    </message>
    <message>
        <source>Choose an alarm: what is known of it stands here.</source>
        <translation>Выберите тревогу: здесь будет то, что о ней известно.</translation>
    </message>
</context>
<context>
    <name>AlikeDialog</name>
    <message>
        <source>Cards like this one</source>
        <translation>Похожие динамограммы</translation>
    </message>
    <message>
        <source>Looking through all cards…</source>
        <translation>Просматриваю все динамограммы…</translation>
    </message>
    <message>
        <source>Cards that look alike, the nearest first</source>
        <translation>Похожие динамограммы, ближайшие первыми</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Диагноз</translation>
    </message>
    <message>
        <source>All ticked have it</source>
        <translation>У всех отмеченных так</translation>
    </message>
    <message>
        <source>None of them has it…</source>
        <translation>Ни у одной не так…</translation>
    </message>
    <message>
        <source>The nearest of all wells. Ticked: those that hardly differ.</source>
        <translation>Ближайшие по всем скважинам. Отмечены почти неотличимые.</translation>
    </message>
    <message>
        <source>No other card is kept here.</source>
        <translation>Других динамограмм здесь нет.</translation>
    </message>
    <message>
        <source>Why is it wrong? The reason is kept and sent.</source>
        <translation>Почему это неверно? Причина сохраняется и отправляется.</translation>
    </message>
    <message>
        <source>Choose a condition</source>
        <translation>Выберите диагноз</translation>
    </message>
    <message>
        <source>this card</source>
        <translation>эта динамограмма</translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message>
        <source>Backup of the profile</source>
        <translation>Резервная копия профиля</translation>
    </message>
    <message>
        <source>Save the backup…</source>
        <translation>Сохранить копию…</translation>
    </message>
    <message>
        <source>One file with everything: entries, files, settings, templates, the key. The passphrase is kept nowhere: without it the file does not open.</source>
        <translation>Один файл, в котором всё: записи, вложения, настройки, шаблоны, ключ. Фраза нигде не хранится: без неё файл не откроется.</translation>
    </message>
    <message numerus="yes">
        <source>Passphrase, %n letters at least</source>
        <translation>
            <numerusform>Фраза, не меньше %n знака</numerusform>
            <numerusform>Фраза, не меньше %n знаков</numerusform>
            <numerusform>Фраза, не меньше %n знаков</numerusform>
        </translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>The two differ.</source>
        <translation>Фразы не совпадают.</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>Close the message</source>
        <translation>Закрыть сообщение</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Do again</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Показать в папке</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Что нового</translation>
    </message>
    <message>
        <source>Back to the one before</source>
        <translation>Вернуть прежнюю</translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
    <message>
        <source>A fault in the program</source>
        <translation>Сбой в программе</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Скопировать отчёт</translation>
    </message>
    <message>
        <source>The program met a fault of its own. Your saved entries are safe and you can go on working. Please send this report to support: it holds no data, no names and no paths.</source>
        <translation>В программе произошёл сбой. Сохранённые записи целы, можно работать дальше. Пожалуйста, отправьте этот отчёт в поддержку: в нём нет ни данных, ни имён, ни путей к файлам.</translation>
    </message>
    <message>
        <source>Kept in {file}</source>
        <translation>Лежит в {file}</translation>
    </message>
</context>
<context>
    <name>BuilderSide</name>
    <message>
        <source>What is missing for which figure</source>
        <translation>Чего не хватает и для чего</translation>
    </message>
    <message>
        <source>Nothing is missing.</source>
        <translation>Всё есть.</translation>
    </message>
    <message>
        <source>Rods {rods}: they reach the pump</source>
        <translation>Штанги {rods}: доходят до насоса</translation>
    </message>
    <message>
        <source>Rods {rods}: {by} short of the pump</source>
        <translation>Штанги {rods}: не доходят до насоса на {by}</translation>
    </message>
    <message>
        <source>Rods {rods}: {by} longer than the pump is deep</source>
        <translation>Штанги {rods}: длиннее глубины насоса на {by}</translation>
    </message>
    <message>
        <source>No figure of this lift is computed from its equipment.</source>
        <translation>По оборудованию этого способа показатели не считаются.</translation>
    </message>
</context>
<context>
    <name>BuilderWindow</name>
    <message>
        <source>Parts of the well</source>
        <translation>Части скважины</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Месторождение</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>There is no other well yet.</source>
        <translation>Других скважин пока нет.</translation>
    </message>
    <message>
        <source>Copy from another well</source>
        <translation>Взять с другой скважины</translation>
    </message>
    <message>
        <source>Equipment, rods, unit, fluid, reservoir of</source>
        <translation>Оборудование, штанги, станок, жидкость и пласт скважины</translation>
    </message>
    <message>
        <source>Copied: look through it, then save.</source>
        <translation>Взято: просмотрите и сохраните.</translation>
    </message>
    <message>
        <source>Nothing has been changed.</source>
        <translation>Ничего не изменено.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Сохранено.</translation>
    </message>
    <message>
        <source>What is marked with * is not saved. Close once more to drop it, or press Ctrl+S.</source>
        <translation>Отмеченное * не сохранено. Закройте ещё раз, чтобы отбросить, или сохраните.</translation>
    </message>
    <message>
        <source>Well builder</source>
        <translation>Сборка скважины</translation>
    </message>
    <message>
        <source>New well</source>
        <translation>Новая скважина</translation>
    </message>
    <message>
        <source>Well {name}</source>
        <translation>Скв. {name}</translation>
    </message>
    <message>
        <source>The parts of the well are laid out…</source>
        <translation>Части скважины открываются…</translation>
    </message>
</context>
<context>
    <name>CardForm</name>
    <message>
        <source>New dynamogram</source>
        <translation>Новая динамограмма</translation>
    </message>
    <message>
        <source>Paste two columns here: position and load</source>
        <translation>Вставьте сюда два столбца: положение и нагрузку</translation>
    </message>
    <message>
        <source>Points of the card</source>
        <translation>Точки динамограммы</translation>
    </message>
    <message>
        <source>Strokes per minute</source>
        <translation>Число качаний в минуту</translation>
    </message>
    <message>
        <source>Position in</source>
        <translation>Положение в</translation>
    </message>
    <message>
        <source>Load in</source>
        <translation>Нагрузка в</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Из файла…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n точка</numerusform>
            <numerusform>%n точки</numerusform>
            <numerusform>%n точек</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken at</source>
        <translation>Снята</translation>
    </message>
    <message>
        <source>Last time: {value} ({day})</source>
        <translation>В прошлый раз: {value} ({day})</translation>
    </message>
    <message>
        <source>How many strokes a minute was it?</source>
        <translation>Сколько качаний в минуту было?</translation>
    </message>
</context>
<context>
    <name>CardModel</name>
    <message>
        <source>Taken</source>
        <translation>Снята</translation>
    </message>
    <message>
        <source>Fill, %</source>
        <translation>Нап., %</translation>
    </message>
    <message>
        <source>Peak, {unit}</source>
        <translation>Макс., {unit}</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>Вывод</translation>
    </message>
</context>
<context>
    <name>CardTable</name>
    <message>
        <source>Dynamograms</source>
        <translation>Динамограммы</translation>
    </message>
</context>
<context>
    <name>CardsPage</name>
    <message>
        <source>No dynamograms in this period. Drop the recorder&apos;s file on the window, enter one with Ctrl+N, or choose a longer period.</source>
        <translation>За этот период динамограмм нет. Перетащите файл динамографа на окно, внесите вручную (Ctrl+N) или выберите период длиннее.</translation>
    </message>
    <message>
        <source>{moment} · {speed} strokes per minute · solid: upstroke, dashed: downstroke</source>
        <translation>{moment} · {speed} кач/мин · сплошная — ход вверх, штриховая — вниз</translation>
    </message>
</context>
<context>
    <name>ChartActions</name>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Сохранить рисунок</translation>
    </message>
    <message>
        <source>Save data</source>
        <translation>Сохранить данные</translation>
    </message>
    <message>
        <source>Save as a page for a browser</source>
        <translation>Сохранить страницей для браузера</translation>
    </message>
    <message>
        <source>What was seen here, {moment}?</source>
        <translation>Что здесь замечено, {moment}?</translation>
    </message>
</context>
<context>
    <name>ChartFrame</name>
    <message>
        <source>Chart</source>
        <translation>График</translation>
    </message>
    <message>
        <source>{pen}: {least} to {most}, last {last}, {title}</source>
        <translation>{pen}: от {least} до {most}, последнее {last}, {title}</translation>
    </message>
    <message>
        <source>Nothing is drawn</source>
        <translation>Ничего не нарисовано</translation>
    </message>
</context>
<context>
    <name>ChecksPanel</name>
    <message>
        <source>Keep as a note</source>
        <translation>Сохранить заметкой</translation>
    </message>
    <message>
        <source>Stop the unit on the upstroke for the travelling valve, on the downstroke for the standing valve, and read the load twice.</source>
        <translation>Остановите качалку на ходе вверх для нагнетательного клапана, на ходе вниз для приёмного и дважды снимите нагрузку.</translation>
    </message>
    <message>
        <source>Travelling valve</source>
        <translation>Нагнетательный клапан</translation>
    </message>
    <message>
        <source>Standing valve</source>
        <translation>Приёмный клапан</translation>
    </message>
    <message>
        <source>Load at once, {unit}</source>
        <translation>Сразу, {unit}</translation>
    </message>
    <message>
        <source>Load after, {unit}</source>
        <translation>Спустя время, {unit}</translation>
    </message>
    <message>
        <source>Seconds between</source>
        <translation>Секунд между ними</translation>
    </message>
    <message>
        <source>A tight valve holds {load}</source>
        <translation>Герметичный клапан держит {load}</translation>
    </message>
    <message>
        <source>Rods and pump of this well are not entered.</source>
        <translation>Штанги и насос этой скважины не внесены.</translation>
    </message>
    <message>
        <source>Counterbalance check: with the cranks level the polished rod should hold {load}</source>
        <translation>Проверка уравновешивания: при горизонтальных кривошипах шток должен держать {load}</translation>
    </message>
    <message>
        <source>load at once</source>
        <translation>нагрузка сразу</translation>
    </message>
    <message>
        <source>load after</source>
        <translation>нагрузка в конце</translation>
    </message>
</context>
<context>
    <name>ChoiceBar</name>
    <message>
        <source>This well</source>
        <translation>Эта скважина</translation>
    </message>
    <message>
        <source>Its pad</source>
        <translation>Её куст</translation>
    </message>
    <message>
        <source>Its field</source>
        <translation>Её месторождение</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 сут</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 суток</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 сут</translation>
    </message>
    <message>
        <source>a year</source>
        <translation>год</translation>
    </message>
    <message>
        <source>all there is</source>
        <translation>всё время</translation>
    </message>
    <message>
        <source>as on the charts</source>
        <translation>как на графиках</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Шаблон</translation>
    </message>
    <message>
        <source>Wells</source>
        <translation>Скважины</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>Язык отчёта</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen…</source>
        <translation>
            <numerusform>выбрана %n…</numerusform>
            <numerusform>выбраны %n…</numerusform>
            <numerusform>выбрано %n…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>Last time: {value}</source>
        <translation>В прошлый раз: {value}</translation>
    </message>
</context>
<context>
    <name>Clipper</name>
    <message>
        <source>Add to my report</source>
        <translation>В мою подборку</translation>
    </message>
</context>
<context>
    <name>ClippingsPanel</name>
    <message>
        <source>My report</source>
        <translation>Моя подборка</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Take all out</source>
        <translation>Убрать всё</translation>
    </message>
    <message>
        <source>Right click on a chart or a table of any page adds it here. Drag into order.</source>
        <translation>Правая кнопка на графике или таблице любой страницы добавляет их сюда. Порядок меняется перетаскиванием.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command or well</source>
        <translation>Команда или скважина</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Найдено</translation>
    </message>
    <message>
        <source>Well {name}</source>
        <translation>Скв. {name}</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>no dynamogram is listed</source>
        <translation>в списке нет динамограмм</translation>
    </message>
    <message>
        <source>The card before</source>
        <translation>Предыдущая динамограмма</translation>
    </message>
    <message>
        <source>The card after</source>
        <translation>Следующая динамограмма</translation>
    </message>
    <message>
        <source>Play the cards through time</source>
        <translation>Проиграть динамограммы по времени</translation>
    </message>
    <message>
        <source>Overlay all</source>
        <translation>Наложить все</translation>
    </message>
    <message>
        <source>Lay up to 500 listed cards behind the newest</source>
        <translation>Положить за последнюю до 500 динамограмм списка</translation>
    </message>
    <message>
        <source>New card…</source>
        <translation>Новая…</translation>
    </message>
    <message>
        <source>Enter or paste a dynamogram</source>
        <translation>Ввести или вставить динамограмму</translation>
    </message>
    <message>
        <source>Protocol…</source>
        <translation>Протокол…</translation>
    </message>
    <message>
        <source>nothing is drawn</source>
        <translation>на графике ничего нет</translation>
    </message>
    <message>
        <source>Note here…</source>
        <translation>Заметка здесь…</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Скопировать рисунок</translation>
    </message>
    <message>
        <source>Save picture (PNG, SVG)…</source>
        <translation>Сохранить рисунок (PNG, SVG)…</translation>
    </message>
    <message>
        <source>Save data (CSV, Parquet, Excel)…</source>
        <translation>Сохранить данные (CSV, Parquet, Excel)…</translation>
    </message>
    <message>
        <source>Add to my report</source>
        <translation>В мою подборку</translation>
    </message>
    <message>
        <source>Previous view</source>
        <translation>Предыдущий вид</translation>
    </message>
    <message>
        <source>Next view</source>
        <translation>Следующий вид</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Раньше</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Ближе</translation>
    </message>
    <message>
        <source>Wider</source>
        <translation>Шире</translation>
    </message>
    <message>
        <source>Whole period</source>
        <translation>Весь период</translation>
    </message>
    <message>
        <source>To the newest readings</source>
        <translation>К последним показаниям</translation>
    </message>
    <message>
        <source>the well has no rod pump</source>
        <translation>на скважине нет штангового насоса</translation>
    </message>
    <message>
        <source>Laboratory sample</source>
        <translation>Проба</translation>
    </message>
    <message>
        <source>Dynamogram</source>
        <translation>Динамограмма</translation>
    </message>
    <message>
        <source>Commands and keys</source>
        <translation>Команды и клавиши</translation>
    </message>
    <message>
        <source>Ctrl+K finds every command by a few letters of its name. What is not possible now stands there grey, with its reason.</source>
        <translation>Ctrl+K находит любую команду по нескольким буквам её названия. Что сейчас невозможно, стоит там серым, с причиной.</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Команда</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Подробнее</translation>
    </message>
    <message>
        <source>Anywhere in the window</source>
        <translation>В любом месте окна</translation>
    </message>
    <message>
        <source>New entries of the chosen well</source>
        <translation>Новые записи по выбранной скважине</translation>
    </message>
    <message>
        <source>On a chart over time</source>
        <translation>На графике по времени</translation>
    </message>
    <message>
        <source>On the page of cards</source>
        <translation>На странице динамограмм</translation>
    </message>
    <message>
        <source>On the page of reports</source>
        <translation>На странице отчётов</translation>
    </message>
    <message>
        <source>In a list of records</source>
        <translation>В списке записей</translation>
    </message>
    <message>
        <source>In a form</source>
        <translation>В форме</translation>
    </message>
    <message>
        <source>the report is being made</source>
        <translation>отчёт ещё составляется</translation>
    </message>
    <message>
        <source>no row is chosen</source>
        <translation>строка не выбрана</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Save PDF…</source>
        <translation>Сохранить PDF…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>no connection to the centre is set up</source>
        <translation>связь с центром не настроена</translation>
    </message>
    <message>
        <source>it is running</source>
        <translation>уже выполняется</translation>
    </message>
    <message>
        <source>neither a table nor files have been copied</source>
        <translation>не скопированы ни таблица, ни файлы</translation>
    </message>
    <message>
        <source>there are wells already</source>
        <translation>скважины уже есть</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Загрузить файлы…</translation>
    </message>
    <message>
        <source>Tables, dynamograms, documents from files</source>
        <translation>Таблицы, динамограммы, документы из файлов</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Загрузить…</translation>
    </message>
    <message>
        <source>New entry…</source>
        <translation>Новая запись…</translation>
    </message>
    <message>
        <source>Flow test, level, sample, event, document of this well</source>
        <translation>Замер, уровень, проба, событие, документ этой скважины</translation>
    </message>
    <message>
        <source>New entry</source>
        <translation>Новая запись</translation>
    </message>
    <message>
        <source>Report of this well</source>
        <translation>Отчёт по скважине</translation>
    </message>
    <message>
        <source>The last used template; Enter saves it</source>
        <translation>Последний использованный шаблон; клавиша ввода сохраняет</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Отчёт</translation>
    </message>
    <message>
        <source>Next theme</source>
        <translation>Следующая тема</translation>
    </message>
    <message>
        <source>Theme: light, dark, sunlight</source>
        <translation>Тема: светлая, тёмная, для солнца</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Any command or well by a few letters</source>
        <translation>Любая команда или скважина по нескольким буквам</translation>
    </message>
    <message>
        <source>Import what was copied</source>
        <translation>Загрузка скопированного</translation>
    </message>
    <message>
        <source>A range of a spreadsheet, or files of the file manager</source>
        <translation>Диапазон из электронной таблицы или файлы из проводника</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Обменяться сейчас</translation>
    </message>
    <message>
        <source>Build the demo field</source>
        <translation>Построить демо-месторождение</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>About Wellside</source>
        <translation>О программе Wellside</translation>
    </message>
    <message>
        <source>Version, models, where the data lie, plug-ins</source>
        <translation>Версия, модели, где лежат данные, дополнения</translation>
    </message>
    <message>
        <source>the catalogue has nothing of this part</source>
        <translation>в справочнике этого нет</translation>
    </message>
    <message>
        <source>nothing of this part has been saved yet</source>
        <translation>эта часть ещё не сохранена</translation>
    </message>
    <message>
        <source>Save the well</source>
        <translation>Сохранить скважину</translation>
    </message>
    <message>
        <source>Next part of the well</source>
        <translation>Следующая часть скважины</translation>
    </message>
    <message>
        <source>Previous part of the well</source>
        <translation>Предыдущая часть скважины</translation>
    </message>
    <message>
        <source>Fill in from the catalogue</source>
        <translation>Заполнить из справочника</translation>
    </message>
    <message>
        <source>From the catalogue</source>
        <translation>Из справочника</translation>
    </message>
    <message>
        <source>It was changed: a new entry with its own date</source>
        <translation>Сменили: новая запись со своей датой</translation>
    </message>
    <message>
        <source>It was changed…</source>
        <translation>Сменили…</translation>
    </message>
    <message>
        <source>Copy from another well…</source>
        <translation>Взять с другой скважины…</translation>
    </message>
    <message>
        <source>Copy from…</source>
        <translation>Взять с…</translation>
    </message>
    <message>
        <source>In the well builder</source>
        <translation>В сборке скважины</translation>
    </message>
    <message>
        <source>Well builder…</source>
        <translation>Сборка скважины…</translation>
    </message>
    <message>
        <source>New well…</source>
        <translation>Новая скважина…</translation>
    </message>
    <message>
        <source>Name, lift, pump, rods, unit, survey and fluid in one window</source>
        <translation>Название, способ, насос, штанги, станок, инклинометрия и жидкость в одном окне</translation>
    </message>
    <message>
        <source>Unit, pump, motor, cable, pipes by name, rods by size and grade; what you typed stays</source>
        <translation>Станок, насос, двигатель, кабель и трубы — по названию, штанги — по размеру и марке; введённое вами остаётся</translation>
    </message>
    <message>
        <source>Period by its dates…</source>
        <translation>Период по датам…</translation>
    </message>
    <message>
        <source>Take back what was done last</source>
        <translation>Отменить последнее сделанное</translation>
    </message>
    <message>
        <source>An entry, a change, a deletion, a decision, a note, an import</source>
        <translation>Запись, изменение, удаление, решение, заметка, загрузка файла</translation>
    </message>
    <message>
        <source>Do again what was taken back last</source>
        <translation>Вернуть последнее отменённое</translation>
    </message>
    <message>
        <source>a note stands at a moment: right click on a chart over time</source>
        <translation>заметка стоит у момента: правый щелчок по графику во времени</translation>
    </message>
    <message>
        <source>click on the chart: the cursor that is measured from</source>
        <translation>щёлкните по графику: курсор, от которого мерить</translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation>Скопировать данные</translation>
    </message>
    <message>
        <source>Save as a page for a browser (HTML)…</source>
        <translation>Сохранить страницей для браузера (HTML)…</translation>
    </message>
    <message>
        <source>One file to zoom and read values in, for somebody who has not the program</source>
        <translation>Один файл, в котором меняют масштаб и читают значения, — для тех, у кого нет программы</translation>
    </message>
    <message>
        <source>Full screen (Esc closes it)</source>
        <translation>На весь экран (Esc — закрыть)</translation>
    </message>
    <message>
        <source>Copy what is between the cursors</source>
        <translation>Копировать то, что между курсорами</translation>
    </message>
    <message>
        <source>Difference, mean, least, most and slope a day of every pen</source>
        <translation>Разность, среднее, наименьшее, наибольшее и наклон за сутки по каждому перу</translation>
    </message>
    <message>
        <source>Computed pens…</source>
        <translation>Вычисляемые перья…</translation>
    </message>
    <message>
        <source>Pens computed of others: differences, shares, means, changes</source>
        <translation>Перья, вычисляемые из других: разности, доли, средние, изменения</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Сопоставить…</translation>
    </message>
    <message>
        <source>One pen against another, the pen of several wells, the pen in several periods</source>
        <translation>Одно перо против другого, перо нескольких скважин, перо за несколько периодов</translation>
    </message>
    <message>
        <source>Merge with another well…</source>
        <translation>Объединить с другой скважиной…</translation>
    </message>
    <message>
        <source>Two wells that turned out to be one; nothing is written over</source>
        <translation>Две скважины, которые оказались одной; ничего не затирается</translation>
    </message>
    <message>
        <source>no well is chosen: click one in the list at the left, or Ctrl+F</source>
        <translation>скважина не выбрана: щёлкните по ней в списке слева или нажмите Ctrl+F</translation>
    </message>
    <message>
        <source>there are no wells yet: make one (Ctrl+Shift+N), import files (Ctrl+O) or connect to the centre</source>
        <translation>скважин ещё нет: соберите новую (Ctrl+Shift+N), загрузите файлы (Ctrl+O) или подключитесь к центру</translation>
    </message>
    <message>
        <source>it is not here</source>
        <translation>его здесь нет</translation>
    </message>
    <message>
        <source>Remove the demo field…</source>
        <translation>Удалить демо-месторождение…</translation>
    </message>
    <message>
        <source>Connect to the centre…</source>
        <translation>Подключиться к центру…</translation>
    </message>
    <message>
        <source>By a code or a file from IT</source>
        <translation>По коду или файлу от ИТ</translation>
    </message>
    <message>
        <source>In the list of wells</source>
        <translation>В списке скважин</translation>
    </message>
    <message>
        <source>several wells are chosen: one at a time</source>
        <translation>выбрано несколько скважин: по одной</translation>
    </message>
    <message>
        <source>no well is hidden</source>
        <translation>скрытых скважин нет</translation>
    </message>
    <message>
        <source>Open the well</source>
        <translation>Открыть скважину</translation>
    </message>
    <message>
        <source>Favourite ★, or no longer</source>
        <translation>В избранное ★ или из него</translation>
    </message>
    <message>
        <source>Report of the chosen wells</source>
        <translation>Отчёт по выбранным скважинам</translation>
    </message>
    <message>
        <source>Diagnose the chosen wells</source>
        <translation>Диагностика выбранных скважин</translation>
    </message>
    <message>
        <source>Tables of the chosen wells…</source>
        <translation>Таблицы по выбранным скважинам…</translation>
    </message>
    <message>
        <source>Readings, dynamograms, flow tests, samples: CSV in a folder</source>
        <translation>Показания, динамограммы, замеры и пробы в CSV, в папку</translation>
    </message>
    <message>
        <source>Edit the well…</source>
        <translation>Изменить скважину…</translation>
    </message>
    <message>
        <source>It is another well too: merge…</source>
        <translation>Это та же скважина, что и другая: объединить…</translation>
    </message>
    <message>
        <source>Hide from the list</source>
        <translation>Скрыть из списка</translation>
    </message>
    <message>
        <source>Only from this list: it is found by its name, and nothing is lost</source>
        <translation>Только из этого списка: по названию она находится, ничего не теряется</translation>
    </message>
    <message>
        <source>Show the hidden wells again</source>
        <translation>Показать скрытые скважины</translation>
    </message>
    <message>
        <source>Limits of the scales…</source>
        <translation>Пределы шкал…</translation>
    </message>
    <message>
        <source>From and to of each scale; those not fixed follow their pens</source>
        <translation>От и до каждой шкалы; незакреплённые идут за своими перьями</translation>
    </message>
    <message>
        <source>Keep as a view…</source>
        <translation>Сохранить вид…</translation>
    </message>
    <message>
        <source>Pens, scales, panes, period under a name, for this well or its kind</source>
        <translation>Перья, шкалы, панели и период под одним названием, для этой скважины или таких же</translation>
    </message>
    <message>
        <source>only into an empty profile, and there are wells in this one</source>
        <translation>только в пустой профиль, а в этом уже есть скважины</translation>
    </message>
    <message>
        <source>Backup of the profile…</source>
        <translation>Резервная копия профиля…</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Восстановить из копии…</translation>
    </message>
    <message>
        <source>The profile of another laptop, into an empty one</source>
        <translation>Профиль другого ноутбука, в пустой профиль</translation>
    </message>
    <message>
        <source>Everything in one file under a passphrase, checked</source>
        <translation>Всё в одном файле под фразой, с проверкой</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Справка</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>Что это?</translation>
    </message>
    <message>
        <source>The control that has the focus or is under the pointer</source>
        <translation>О том, где стоит фокус или указатель</translation>
    </message>
    <message>
        <source>more than two wells are chosen</source>
        <translation>выбрано больше двух скважин</translation>
    </message>
    <message>
        <source>Cards of other wells…</source>
        <translation>Динамограммы других скважин…</translation>
    </message>
    <message>
        <source>Lay the cards of other wells over this one</source>
        <translation>Наложить динамограммы других скважин на эту</translation>
    </message>
    <message>
        <source>Other wells…</source>
        <translation>Другие скважины…</translation>
    </message>
    <message>
        <source>Glove mode on or off</source>
        <translation>Режим перчаток: включить или выключить</translation>
    </message>
    <message>
        <source>Large letters and targets, for gloves</source>
        <translation>Крупные буквы и кнопки — для работы в перчатках</translation>
    </message>
    <message>
        <source>IT has set this for the machine</source>
        <translation>Это для компьютера задало ИТ</translation>
    </message>
    <message>
        <source>Cards like this one…</source>
        <translation>Похожие динамограммы…</translation>
    </message>
    <message>
        <source>The nearest cards of all wells, with what they turned out to be</source>
        <translation>Ближайшие динамограммы всех скважин и чем они оказались</translation>
    </message>
    <message>
        <source>Alike…</source>
        <translation>Похожие…</translation>
    </message>
    <message>
        <source>no alarm is chosen</source>
        <translation>тревога не выбрана</translation>
    </message>
    <message>
        <source>none of the chosen ones waits to be acknowledged</source>
        <translation>ни одна из выбранных не ждёт квитирования</translation>
    </message>
    <message>
        <source>none of the chosen ones is shelved</source>
        <translation>ни одна из выбранных не отложена</translation>
    </message>
    <message>
        <source>nothing was done here yet</source>
        <translation>здесь ещё ничего не сделано</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Квитировать</translation>
    </message>
    <message>
        <source>Those that are chosen, one or many: somebody has seen them</source>
        <translation>Выбранные, одну или много: их кто-то увидел</translation>
    </message>
    <message>
        <source>Acknowledge with a comment…</source>
        <translation>Квитировать с комментарием…</translation>
    </message>
    <message>
        <source>With a comment…</source>
        <translation>С комментарием…</translation>
    </message>
    <message>
        <source>Shelve…</source>
        <translation>Отложить…</translation>
    </message>
    <message>
        <source>Out of the way for a while, with a reason; it comes back</source>
        <translation>Убрать на время, с причиной; вернётся сама</translation>
    </message>
    <message>
        <source>Take off the shelf</source>
        <translation>Вернуть из отложенных</translation>
    </message>
    <message>
        <source>Take back what was done here last</source>
        <translation>Отменить сделанное здесь последним</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Its trend</source>
        <translation>Её тренд</translation>
    </message>
    <message>
        <source>The well&apos;s trends about the time of the alarm</source>
        <translation>Тренды скважины около времени тревоги</translation>
    </message>
    <message>
        <source>Limits of the well…</source>
        <translation>Пределы скважины…</translation>
    </message>
    <message>
        <source>Limits…</source>
        <translation>Пределы…</translation>
    </message>
    <message>
        <source>On the page of alarms</source>
        <translation>На странице тревог</translation>
    </message>
    <message>
        <source>Find: a well, a command, an entry, a document</source>
        <translation>Найти: скважину, команду, запись, документ</translation>
    </message>
    <message>
        <source>By any word, also of what stands in documents</source>
        <translation>По любому слову, в том числе из текста документов</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare · well {name}</source>
        <translation>Сопоставление · скв. {name}</translation>
    </message>
    <message>
        <source>One pen against another</source>
        <translation>Одно перо против другого</translation>
    </message>
    <message>
        <source>The pen of several wells</source>
        <translation>Перо нескольких скважин</translation>
    </message>
    <message>
        <source>The pen in several periods</source>
        <translation>Перо за несколько периодов</translation>
    </message>
    <message>
        <source>What is laid over</source>
        <translation>Что накладывается</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>Перо</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>Против</translation>
    </message>
    <message>
        <source>Wells with the same lift</source>
        <translation>Скважины с тем же способом</translation>
    </message>
    <message>
        <source>Earlier periods of the same length</source>
        <translation>Сколько прошлых периодов той же длины</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Чтение…</translation>
    </message>
    <message>
        <source>Days since the beginning</source>
        <translation>Сутки от начала</translation>
    </message>
    <message>
        <source>There is nothing of it in this period.</source>
        <translation>За этот период его нет.</translation>
    </message>
    <message>
        <source>{unit}/d</source>
        <translation>{unit}/сут</translation>
    </message>
</context>
<context>
    <name>ComputedDialog</name>
    <message>
        <source>Computed pens</source>
        <translation>Вычисляемые перья</translation>
    </message>
    <message>
        <source>Computed pens of this field</source>
        <translation>Вычисляемые перья промысла</translation>
    </message>
    <message>
        <source>Put a sensor into the formula</source>
        <translation>Вставить датчик в формулу</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Show on the chart</source>
        <translation>Показать на графике</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новое</translation>
    </message>
    <message>
        <source>Put in a sensor…</source>
        <translation>Вставить датчик…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Sensors in square brackets or by their keys; + − * / ^; numbers with units (6 h, 0.5 MPa); mean(x, 24 h), change(x) in a day, abs, min, max. What is added must be of one kind. Readings of different moments meet as means of 1 min to 1 day, as coarse as the window asks.</source>
        <translation>Датчики — в квадратных скобках или по ключам; + − * / ^; числа с единицами (6 ч, 0,5 МПа); mean(x, 24 ч) — среднее, change(x) — изменение за сутки, abs, min, max. Складывать можно только однородное. Показания разных моментов сводятся средними за 1 мин … 1 сут: тем крупнее, чем шире окно.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>Формула</translation>
    </message>
    <message>
        <source>Comes out in {unit}</source>
        <translation>Получится в {unit}</translation>
    </message>
    <message>
        <source>{words} a day</source>
        <translation>{words} за сутки</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Changed by two people</source>
        <translation>Изменили двое</translation>
    </message>
    <message>
        <source>Keep what is chosen</source>
        <translation>Оставить выбранное</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Решить позже</translation>
    </message>
    <message>
        <source>Both values stay in the record&apos;s history, whichever you choose.</source>
        <translation>Оба значения останутся в истории записи, что бы вы ни выбрали.</translation>
    </message>
    <message>
        <source>another laptop</source>
        <translation>другой ноутбук</translation>
    </message>
    <message>
        <source>{kind} of {time}: you and {author} changed the same fields.</source>
        <translation>{kind} от {time}: вы и {author} изменили одни и те же поля.</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Поле</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Было</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Ваше</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Окончание</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Скважина</translation>
    </message>
</context>
<context>
    <name>ConnectionsDialog</name>
    <message>
        <source>Connections</source>
        <translation>Подключения</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Save and test</source>
        <translation>Сохранить и проверить</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Token of this device</source>
        <translation>Ключ этого устройства</translation>
    </message>
    <message>
        <source>Password for ClickHouse</source>
        <translation>Пароль ClickHouse</translation>
    </message>
    <message>
        <source>Password for Oracle</source>
        <translation>Пароль Oracle</translation>
    </message>
    <message>
        <source>kept; type to replace</source>
        <translation>сохранён; введите, чтобы заменить</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>не задан</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Проверяется…</translation>
    </message>
    <message>
        <source>No connection is set up.</source>
        <translation>Подключения не настроены.</translation>
    </message>
</context>
<context>
    <name>CurvesColumn</name>
    <message>
        <source>Rate</source>
        <translation>Дебит</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>Давление</translation>
    </message>
    <message>
        <source>Lift gas</source>
        <translation>Газ лифта</translation>
    </message>
    <message>
        <source>Liquid</source>
        <translation>Жидкость</translation>
    </message>
    <message>
        <source>Pump at the last test</source>
        <translation>Насос при последнем замере</translation>
    </message>
    <message>
        <source>Rate over lift gas</source>
        <translation>Дебит от газа по моделям</translation>
    </message>
    <message>
        <source>What the chart shows</source>
        <translation>Что показывает график</translation>
    </message>
    <message>
        <source>tests before</source>
        <translation>прежние замеры</translation>
    </message>
    <message>
        <source>last test</source>
        <translation>последний замер</translation>
    </message>
    <message>
        <source>IPR, VLP (dashed)</source>
        <translation>IPR, VLP (штрих)</translation>
    </message>
</context>
<context>
    <name>DemoField</name>
    <message>
        <source>Remove the demo field</source>
        <translation>Удалить демо-месторождение</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Profile of the device</source>
        <translation>Профиль устройства</translation>
    </message>
    <message>
        <source>Port or address</source>
        <translation>Порт или адрес</translation>
    </message>
    <message>
        <source>Find ports</source>
        <translation>Найти порты</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Подключить</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Отключить</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записывать</translation>
    </message>
    <message>
        <source>Take the archive</source>
        <translation>Скачать архив</translation>
    </message>
    <message>
        <source>Take a card</source>
        <translation>Снять динамограмму</translation>
    </message>
    <message>
        <source>Progress of the archive</source>
        <translation>Ход чтения архива</translation>
    </message>
    <message>
        <source>Not connected. Nothing is ever written to a device.</source>
        <translation>Не подключено. В устройство никогда ничего не пишется.</translation>
    </message>
    <message>
        <source>Choose a profile, and a port or an address.</source>
        <translation>Выберите профиль и порт или адрес.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Подключение…</translation>
    </message>
    <message>
        <source>Disconnecting…</source>
        <translation>Отключение…</translation>
    </message>
    <message>
        <source>Reading the archive…</source>
        <translation>Чтение архива…</translation>
    </message>
    <message>
        <source>Reading the card…</source>
        <translation>Чтение карты…</translation>
    </message>
    <message>
        <source>Connected; values the device refuses: {count}.</source>
        <translation>Подключено; значений, в которых устройство отказало: {count}.</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Подключено.</translation>
    </message>
    <message>
        <source>Card of {moment}, {points} points, stored.</source>
        <translation>Карта {moment}, точек {points}, сохранена.</translation>
    </message>
    <message>
        <source>The card of {moment} is there already.</source>
        <translation>Карта {moment} уже есть.</translation>
    </message>
    <message>
        <source>{well}: saved {saved} readings, until {until}; waiting: {waiting}</source>
        <translation>{well}: сохранено показаний {saved}, по {until}; ждёт {waiting}</translation>
    </message>
    <message>
        <source>Broken off: what is stored stays, and the next time goes on behind it.</source>
        <translation>Прервано: сохранённое остаётся, в следующий раз чтение продолжится за ним.</translation>
    </message>
    <message>
        <source>Take the events</source>
        <translation>Скачать события</translation>
    </message>
    <message>
        <source>Reading the events…</source>
        <translation>Чтение журнала событий…</translation>
    </message>
    <message>
        <source>What is taken goes to well {well}</source>
        <translation>Взятое сохраняется в скважину {well}</translation>
    </message>
    <message>
        <source>The profile is saved.</source>
        <translation>Профиль сохранён.</translation>
    </message>
    <message>
        <source>The profile is saved. The device is read by the one before until it is connected anew.</source>
        <translation>Профиль сохранён. До нового подключения прибор опрашивается по прежнему.</translation>
    </message>
</context>
<context>
    <name>Drawing</name>
    <message>
        <source>Drawing of the well</source>
        <translation>Схема скважины</translation>
    </message>
    <message>
        <source>end of rods</source>
        <translation>конец штанг</translation>
    </message>
    <message>
        <source>pump</source>
        <translation>насос</translation>
    </message>
    <message>
        <source>packer</source>
        <translation>пакер</translation>
    </message>
    <message>
        <source>perforations from</source>
        <translation>перфорация от</translation>
    </message>
    <message>
        <source>to</source>
        <translation>до</translation>
    </message>
    <message>
        <source>casing shoe</source>
        <translation>башмак колонны</translation>
    </message>
    <message>
        <source>Pump, rods and hole are drawn here as they are typed.</source>
        <translation>Здесь по мере ввода рисуются насос, штанги и ствол.</translation>
    </message>
</context>
<context>
    <name>EchoDialog</name>
    <message>
        <source>Time after the shot, s</source>
        <translation>Время после выстрела, с</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Звук</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Take the level</source>
        <translation>Взять уровень</translation>
    </message>
    <message>
        <source>Drag the red line to the echo of the level, or type its time.</source>
        <translation>Перетащите красную линию на отражение уровня или введите его время.</translation>
    </message>
    <message>
        <source>channel {number}</source>
        <translation>канал {number}</translation>
    </message>
</context>
<context>
    <name>Entering</name>
    <message>
        <source>New entry</source>
        <translation>Новая запись</translation>
    </message>
</context>
<context>
    <name>EntryForm</name>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Add photo or file…</source>
        <translation>Фото или файл…</translation>
    </message>
    <message>
        <source>What was typed before is here again.</source>
        <translation>Восстановлено то, что вы успели набрать.</translation>
    </message>
    <message>
        <source>Photo or file</source>
        <translation>Фото или файл</translation>
    </message>
    <message>
        <source>Drop what was typed</source>
        <translation>Удалить введённое</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>What was typed is kept as a draft and stands here the next time</source>
        <translation>Введённое сохранится черновиком и будет здесь в следующий раз</translation>
    </message>
    <message>
        <source>The changes are not saved. Close once more to drop them.</source>
        <translation>Изменения не сохранены. Закройте ещё раз, чтобы отказаться от них.</translation>
    </message>
    <message>
        <source>{moment} is still to come. Save once more if it is meant.</source>
        <translation>{moment} ещё не наступило. Если так и задумано, сохраните ещё раз.</translation>
    </message>
    <message>
        <source>{moment} is before anything that is known of the well ({begins}). Save once more if it is meant.</source>
        <translation>{moment} — раньше всего, что известно о скважине ({begins}). Если так и нужно, сохраните ещё раз.</translation>
    </message>
    <message>
        <source>Well {name}</source>
        <translation>Скв. {name}</translation>
    </message>
</context>
<context>
    <name>EventStrip</name>
    <message>
        <source>Findings and events</source>
        <translation>Диагнозы и события</translation>
    </message>
</context>
<context>
    <name>EventsTable</name>
    <message>
        <source>Events of the device</source>
        <translation>События устройства</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Событие</translation>
    </message>
    <message>
        <source>Code and words</source>
        <translation>Код и что это</translation>
    </message>
    <message>
        <source>By the device&apos;s clock</source>
        <translation>По часам устройства</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Записано</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>before</source>
        <translation>раньше</translation>
    </message>
</context>
<context>
    <name>EvidencePicture</name>
    <message>
        <source>What the readings did</source>
        <translation>Что было с показаниями</translation>
    </message>
</context>
<context>
    <name>FieldBox</name>
    <message>
        <source>Unusual for this value: check it</source>
        <translation>Необычное значение: проверьте</translation>
    </message>
    <message>
        <source>Last time: {value}</source>
        <translation>В прошлый раз: {value}</translation>
    </message>
</context>
<context>
    <name>FieldPage</name>
    <message>
        <source>Wells of the field</source>
        <translation>Скважины месторождения</translation>
    </message>
    <message>
        <source>Pad</source>
        <translation>Куст</translation>
    </message>
    <message>
        <source>Who first</source>
        <translation>Кому сначала</translation>
    </message>
    <message>
        <source>Pad over time</source>
        <translation>Куст во времени</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Скважина</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Что не так</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>С</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 суток</translation>
    </message>
    <message>
        <source>Last reading</source>
        <translation>Последнее показание</translation>
    </message>
    <message>
        <source>{count} wells, {needing} need action</source>
        <translation>Скважин {count}, вмешаться в {needing}</translation>
    </message>
    <message>
        <source>{field}, pad {pad}</source>
        <translation>{field}, куст {pad}</translation>
    </message>
    <message>
        <source>Liquid</source>
        <translation>Жидкость</translation>
    </message>
    <message>
        <source>Diagnose all</source>
        <translation>Проверить все</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Карта</translation>
    </message>
    <message>
        <source>Where the wells stand, instead of their table</source>
        <translation>Где стоят скважины — вместо таблицы</translation>
    </message>
    <message>
        <source>At the centre</source>
        <translation>В центре</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Показатель</translation>
    </message>
</context>
<context>
    <name>FieldsPanel</name>
    <message>
        <source>Ended</source>
        <translation>Окончено</translation>
    </message>
    <message>
        <source>Began at</source>
        <translation>Начало</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Ended at</source>
        <translation>Окончание</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>До какого дня</translation>
    </message>
    <message>
        <source>From when</source>
        <translation>С какого дня</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Figure over time</source>
        <translation>Показатель во времени</translation>
    </message>
    <message>
        <source>Which cards</source>
        <translation>Какие динамограммы</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Разность</translation>
    </message>
    <message>
        <source>Load of the newest chosen card less the one before it</source>
        <translation>Нагрузка последней выбранной минус предыдущая выбранная</translation>
    </message>
    <message>
        <source>All cards</source>
        <translation>Все динамограммы</translation>
    </message>
    <message>
        <source>With findings</source>
        <translation>С отклонениями</translation>
    </message>
</context>
<context>
    <name>FindingBox</name>
    <message>
        <source>Show where</source>
        <translation>Показать где</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Принять</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>Отклонить…</translation>
    </message>
    <message>
        <source>Reject the finding</source>
        <translation>Отклонить диагноз</translation>
    </message>
    <message>
        <source>Why is it wrong? The reason is kept and sent.</source>
        <translation>Почему это неверно? Причина сохраняется и отправляется.</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Take the decision back: the finding waits for one again</source>
        <translation>Снять решение: диагноз снова ждёт решения</translation>
    </message>
    <message>
        <source>Who decides?</source>
        <translation>Кто решает?</translation>
    </message>
    <message>
        <source>Your name, as it stands under what you enter:</source>
        <translation>Ваше имя — им подписано всё, что вы вводите:</translation>
    </message>
    <message>
        <source>To the tasks</source>
        <translation>В задания</translation>
    </message>
    <message>
        <source>Somebody is to look at it: a task of the day</source>
        <translation>Кто-то должен посмотреть: задание на день</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Welcome to Wellside</source>
        <translation>Добро пожаловать в Wellside</translation>
    </message>
    <message>
        <source>The demo field is being built: the first well opens in some seconds, the others and their earlier days follow. Below you see how far it is, and can stop it.</source>
        <translation>Демо-месторождение строится: первая скважина откроется через несколько секунд, за ней остальные и их более ранние дни. Внизу видно, сколько сделано, там же построение можно остановить.</translation>
    </message>
    <message>
        <source>Here will be your wells: trends of their sensors, dynamograms, what is wrong and why. There are no wells on this laptop yet. Where do they come from?</source>
        <translation>Здесь будут ваши скважины: тренды датчиков, динамограммы, что не так и почему. Пока на этом ноутбуке нет ни одной. Откуда они возьмутся?</translation>
    </message>
    <message>
        <source>Connect to the centre…</source>
        <translation>Подключиться к центру…</translation>
    </message>
    <message>
        <source>By a code or a file from IT: wells and history come by themselves.</source>
        <translation>По коду или файлу от ИТ: скважины и история придут сами.</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Загрузить файлы…</translation>
    </message>
    <message>
        <source>Tables, dynamograms, documents; they can be dropped here as well.</source>
        <translation>Таблицы, динамограммы, документы; их можно и перетащить сюда.</translation>
    </message>
    <message>
        <source>Make a well…</source>
        <translation>Собрать скважину…</translation>
    </message>
    <message>
        <source>Name, lift and equipment; flow tests and levels are entered after it.</source>
        <translation>Название, способ и оборудование; замеры и уровни вводятся потом.</translation>
    </message>
    <message>
        <source>Look at the demo field</source>
        <translation>Посмотреть демо-месторождение</translation>
    </message>
    <message>
        <source>Fourteen made-up wells with real faults, in half a minute; they can be removed again.</source>
        <translation>Четырнадцать придуманных скважин с настоящими неисправностями, за полминуты; потом их можно удалить.</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Восстановить из копии…</translation>
    </message>
    <message>
        <source>Your name: it stands under what you enter</source>
        <translation>Ваше имя: им подписано всё, что вы вводите</translation>
    </message>
</context>
<context>
    <name>FlagField</name>
    <message>
        <source>Not said: Space says yes, once more no</source>
        <translation>Не указано: пробел — да, ещё раз — нет</translation>
    </message>
</context>
<context>
    <name>FlowForm</name>
    <message>
        <source>Take {oil}</source>
        <translation>Взять {oil}</translation>
    </message>
    <message>
        <source>liquid × (1 − water cut) × {density}, the oil&apos;s density of {day}</source>
        <translation>жидкость × (1 − обводнённость) × {density}, плотность нефти от {day}</translation>
    </message>
</context>
<context>
    <name>FlowPage</name>
    <message>
        <source>Flow tests</source>
        <translation>Замеры дебита</translation>
    </message>
    <message>
        <source>No flow tests yet. They come with the data of the centre, or from a file dropped on the window.</source>
        <translation>Замеров пока нет. Они приходят с данными центра или из файла, перетащенного в окно.</translation>
    </message>
    <message>
        <source>Rates</source>
        <translation>Дебит</translation>
    </message>
    <message>
        <source>Water cut</source>
        <translation>Обводнённость</translation>
    </message>
    <message>
        <source>Dynamic level</source>
        <translation>Динамический уровень</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Снят</translation>
    </message>
    <message>
        <source>GOR, m³/m³</source>
        <translation>ГФ, м³/м³</translation>
    </message>
    <message>
        <source>What the pump&apos;s curve gives, set by the other tests</source>
        <translation>Что даёт кривая насоса, настроенная по остальным замерам</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Достоверность</translation>
    </message>
    <message>
        <source>Liquid, test</source>
        <translation>Жидкость, замер</translation>
    </message>
    <message>
        <source>in doubt</source>
        <translation>под сомнением</translation>
    </message>
    <message>
        <source>By pump</source>
        <translation>По насосу</translation>
    </message>
    <message>
        <source>pump</source>
        <translation>насос</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Дебит</translation>
    </message>
    <message>
        <source>Liquid</source>
        <translation>Жидкость</translation>
    </message>
    <message>
        <source>Oil</source>
        <translation>Нефть</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Обв.</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Напор</translation>
    </message>
    <message>
        <source>catalogue</source>
        <translation>паспорт</translation>
    </message>
    <message>
        <source>what is left</source>
        <translation>осталось</translation>
    </message>
    <message>
        <source>test</source>
        <translation>замер</translation>
    </message>
    <message>
        <source>node</source>
        <translation>узел</translation>
    </message>
</context>
<context>
    <name>ForecastPage</name>
    <message>
        <source>Run life, days</source>
        <translation>Наработка, сут</translation>
    </message>
    <message>
        <source>Still running, %</source>
        <translation>Работают, %</translation>
    </message>
    <message>
        <source>Chance to fail</source>
        <translation>Вероятность отказа</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Почему</translation>
    </message>
    <message>
        <source>Days to a limit</source>
        <translation>Сутки до предела</translation>
    </message>
    <message>
        <source>Pumps of this kind</source>
        <translation>Насосы этого типа</translation>
    </message>
    <message>
        <source>Run life of this kind (Kaplan–Meier, Weibull)</source>
        <translation>Наработка этого типа (Каплан — Мейер, Вейбулл)</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Падение добычи</translation>
    </message>
    <message>
        <source>Kaplan–Meier</source>
        <translation>Каплан — Мейер</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>weekly median</source>
        <translation>медиана недели</translation>
    </message>
    <message>
        <source>decline</source>
        <translation>падение</translation>
    </message>
    <message>
        <source>Liquid rate</source>
        <translation>Дебит жидкости</translation>
    </message>
    <message>
        <source>Made at the centre</source>
        <translation>Сделано в центре</translation>
    </message>
    <message>
        <source>decline, by the centre</source>
        <translation>падение, расчёт центра</translation>
    </message>
    <message>
        <source>Run life of the field</source>
        <translation>Наработка насосов месторождения</translation>
    </message>
</context>
<context>
    <name>FoundPanel</name>
    <message>
        <source>Found</source>
        <translation>Найдено</translation>
    </message>
</context>
<context>
    <name>HandOver</name>
    <message>
        <source>Save PDF…</source>
        <translation>Сохранить PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Печать…</translation>
    </message>
    <message>
        <source>Excel…</source>
        <translation>Excel…</translation>
    </message>
    <message>
        <source>A file for each well…</source>
        <translation>По файлу на скважину…</translation>
    </message>
    <message>
        <source>For an archive: readable without anything from outside</source>
        <translation>Для архива: читается без чего-либо извне</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Сохранение отчёта</translation>
    </message>
    <message>
        <source>Save as Excel</source>
        <translation>Сохранение в Excel</translation>
    </message>
    <message>
        <source>Folder of the reports</source>
        <translation>Папка для отчётов</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Сохранена</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Действие</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Что изменилось</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>From the file {name}</source>
        <translation>Из файла {name}</translation>
    </message>
    <message>
        <source>Came with the data of the centre; not changed here.</source>
        <translation>Пришло с данными центра, здесь не менялось.</translation>
    </message>
    <message>
        <source>Save the original…</source>
        <translation>Сохранить исходный файл…</translation>
    </message>
    <message>
        <source>Save the original</source>
        <translation>Сохранить исходный файл</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import: {file}</source>
        <translation>Загрузка: {file}</translation>
    </message>
    <message>
        <source>Only rows with problems</source>
        <translation>Только строки с замечаниями</translation>
    </message>
    <message>
        <source>Skip the chosen rows</source>
        <translation>Пропустить выделенные строки</translation>
    </message>
    <message>
        <source>Skip all rows with errors</source>
        <translation>Пропустить все строки с ошибками</translation>
    </message>
    <message>
        <source>Leave cells that do not fit empty</source>
        <translation>Негодные ячейки оставить пустыми</translation>
    </message>
    <message>
        <source>Save as a template…</source>
        <translation>Сохранить как шаблон…</translation>
    </message>
    <message>
        <source>Skip the file</source>
        <translation>Пропустить файл</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>Строки файла</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Шаблон</translation>
    </message>
    <message>
        <source>Name of the laboratory or of the form</source>
        <translation>Название лаборатории или формы</translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>Import files</source>
        <translation>Загрузка файлов</translation>
    </message>
    <message>
        <source>The file {name} names no well. Which well is it from?</source>
        <translation>В файле {name} не указана скважина. С какой он скважины?</translation>
    </message>
    <message>
        <source>Which well?</source>
        <translation>Какая скважина?</translation>
    </message>
    <message>
        <source>The file {name} is from well “{well}”, which is not known. Which well is it?</source>
        <translation>Файл {name} — со скважины «{well}», её нет в списке. Какая это скважина?</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>вставлено</translation>
    </message>
    <message>
        <source>A new well: {well}</source>
        <translation>Новая скважина: {well}</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Cancel: {job}</source>
        <translation>Отмена: {job}</translation>
    </message>
</context>
<context>
    <name>JoinDialog</name>
    <message>
        <source>Connect to the centre</source>
        <translation>Подключение к центру</translation>
    </message>
    <message>
        <source>Code from IT</source>
        <translation>Код от ИТ</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Из файла…</translation>
    </message>
    <message>
        <source>Address and token by hand…</source>
        <translation>Адрес и токен вручную…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Подключиться</translation>
    </message>
    <message>
        <source>IT gives a code or a file with it. It holds the address of the centre and the token of this laptop: keep it to yourself.</source>
        <translation>Код или файл с ним даёт ИТ. В нём адрес центра и токен этого ноутбука: никому его не передавайте.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Спрашиваю…</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Save the protocol</source>
        <translation>Сохранить протокол</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Command or key</source>
        <translation>Команда или клавиша</translation>
    </message>
    <message>
        <source>Commands with their keys</source>
        <translation>Команды и их клавиши</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Команда</translation>
    </message>
</context>
<context>
    <name>LabPage</name>
    <message>
        <source>No analyses yet. Drop the laboratory&apos;s file on the window, or add a sample.</source>
        <translation>Анализов пока нет. Перетащите файл лаборатории в окно или добавьте пробу.</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Лаборатория</translation>
    </message>
    <message>
        <source>Add a sample…</source>
        <translation>Добавить пробу…</translation>
    </message>
    <message>
        <source>Parameter of the chart</source>
        <translation>Показатель на графике</translation>
    </message>
    <message>
        <source>Sample no.</source>
        <translation>Проба №</translation>
    </message>
    <message>
        <source>Sampling point</source>
        <translation>Место отбора</translation>
    </message>
    <message>
        <source>Laboratory</source>
        <translation>Лаборатория</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Метод</translation>
    </message>
    <message>
        <source>Sampled</source>
        <translation>Отобрана</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>Показатель</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Результат</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Единица</translation>
    </message>
    <message>
        <source>result</source>
        <translation>результат</translation>
    </message>
    <message>
        <source>limit of detection</source>
        <translation>предел обнаружения</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Pens</source>
        <translation>Кривые</translation>
    </message>
</context>
<context>
    <name>LevelForm</name>
    <message>
        <source>From an acoustic trace…</source>
        <translation>Из эхограммы…</translation>
    </message>
    <message>
        <source>A file of sound or a table of samples; one can be dropped here as well</source>
        <translation>Звуковой файл или таблица отсчётов; его можно и перетащить сюда</translation>
    </message>
    <message>
        <source>Acoustic trace</source>
        <translation>Эхограмма</translation>
    </message>
</context>
<context>
    <name>LiftsBox</name>
    <message>
        <source>Change the lift</source>
        <translation>Изменить способ</translation>
    </message>
    <message>
        <source>Leave the lift</source>
        <translation>Оставить способ</translation>
    </message>
</context>
<context>
    <name>LimitsDialog</name>
    <message>
        <source>Limits of the scales</source>
        <translation>Пределы шкал</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Шкала</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>Закреплена</translation>
    </message>
    <message>
        <source>From</source>
        <translation>От</translation>
    </message>
    <message>
        <source>To</source>
        <translation>До</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Применить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Fixed: {scale}</source>
        <translation>Закреплена: {scale}</translation>
    </message>
    <message>
        <source>The lower limit must be below the upper one.</source>
        <translation>Нижний предел должен быть меньше верхнего.</translation>
    </message>
</context>
<context>
    <name>ManualDialog</name>
    <message>
        <source>Manual</source>
        <translation>Справка</translation>
    </message>
    <message>
        <source>Find in the manual</source>
        <translation>Найти в справке</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Найдено</translation>
    </message>
    <message>
        <source>Text of the manual</source>
        <translation>Текст справки</translation>
    </message>
    <message>
        <source>Nothing of that stands in the manual. Try another word.</source>
        <translation>Такого в справке нет. Попробуйте другое слово.</translation>
    </message>
</context>
<context>
    <name>MeasuredPanel</name>
    <message>
        <source>Between the cursors</source>
        <translation>Между курсорами</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>Перо</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Среднее</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>Мин.</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Макс.</translation>
    </message>
    <message>
        <source>Per day</source>
        <translation>За сутки</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Ед.</translation>
    </message>
    <message>
        <source>Point at the other end, or click to keep it there</source>
        <translation>Укажите другой конец или щёлкните, чтобы закрепить его</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} ч {minutes} мин</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days} сут</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Merge well {name}</source>
        <translation>Объединить скважину {name}</translation>
    </message>
    <message>
        <source>The well that stays</source>
        <translation>Скважина, которая остаётся</translation>
    </message>
    <message>
        <source>Name of the well that stays</source>
        <translation>Название скважины, которая остаётся</translation>
    </message>
    <message>
        <source>It is one well all the same</source>
        <translation>Это всё же одна скважина</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Объединить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Goes into</source>
        <translation>Входит в</translation>
    </message>
    <message>
        <source>Looking at both wells…</source>
        <translation>Сравниваем скважины…</translation>
    </message>
    <message>
        <source>Several wells are called so: choose from the list.</source>
        <translation>Так называются несколько скважин: выберите из списка.</translation>
    </message>
    <message>
        <source>There is no such well: choose from the list.</source>
        <translation>Такой скважины нет: выберите из списка.</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Сравнить с</translation>
    </message>
    <message>
        <source>by evidence</source>
        <translation>по данным</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>ничем</translation>
    </message>
    <message>
        <source>stands</source>
        <translation>закреплено</translation>
    </message>
    <message>
        <source>the whole history as one drawdown</source>
        <translation>вся история как один режим</translation>
    </message>
    <message>
        <source>without the gauge&apos;s drift</source>
        <translation>без ухода манометра</translation>
    </message>
    <message>
        <source>The next test should tell a boundary at, m</source>
        <translation>Следующее исследование должно увидеть границу на, м</translation>
    </message>
</context>
<context>
    <name>ModelsPanel</name>
    <message>
        <source>Models and measurements</source>
        <translation>Модели и измеренное</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Расчёт</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Величина</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Последнее</translation>
    </message>
    <message>
        <source>Model less measured</source>
        <translation>Модель минус измеренное</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Сопоставлено</translation>
    </message>
    <message>
        <source>Grows in 30 d</source>
        <translation>Прирост за 30 сут</translation>
    </message>
</context>
<context>
    <name>MomentEdit</name>
    <message>
        <source>Calendar (Alt+Down)</source>
        <translation>Календарь (Alt+стрелка вниз)</translation>
    </message>
    <message>
        <source>There is no such date or hour</source>
        <translation>Такой даты или часа нет</translation>
    </message>
</context>
<context>
    <name>OthersDialog</name>
    <message>
        <source>Cards of other wells</source>
        <translation>Динамограммы других скважин</translation>
    </message>
    <message>
        <source>Name of a well</source>
        <translation>Название скважины</translation>
    </message>
    <message>
        <source>Wells that have dynamograms</source>
        <translation>Скважины с динамограммами</translation>
    </message>
    <message numerus="yes">
        <source>Of each well the card nearest in time to the one that is open. %n at most.</source>
        <translation>
            <numerusform>У каждой — динамограмма, ближайшая по времени к открытой. Не больше %n.</numerusform>
            <numerusform>У каждой — динамограмма, ближайшая по времени к открытой. Не больше %n.</numerusform>
            <numerusform>У каждой — динамограмма, ближайшая по времени к открытой. Не больше %n.</numerusform>
        </translation>
    </message>
    <message>
        <source>No other well has a dynamogram.</source>
        <translation>У других скважин динамограмм нет.</translation>
    </message>
</context>
<context>
    <name>OverflowRow</name>
    <message>
        <source>More</source>
        <translation>Ещё</translation>
    </message>
    <message>
        <source>What the window has no room for</source>
        <translation>Что не поместилось в окне</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>What was found</source>
        <translation>Что обнаружено</translation>
    </message>
    <message>
        <source>Diagnose again</source>
        <translation>Диагностика заново</translation>
    </message>
    <message>
        <source>Last readings</source>
        <translation>Последние показания</translation>
    </message>
    <message>
        <source>No data yet. Drop a file with readings or a dynamogram on the window.</source>
        <translation>Данных пока нет. Перетащите на окно файл с показаниями или динамограммой.</translation>
    </message>
    <message>
        <source>Nothing is wrong as far as the readings tell.</source>
        <translation>По показаниям замечаний нет.</translation>
    </message>
    <message>
        <source>Last flow test {moment}: liquid {liquid}, oil {oil}, water cut {cut}</source>
        <translation>Последний замер {moment}: жидкость {liquid}, нефть {oil}, обводнённость {cut}</translation>
    </message>
    <message>
        <source>No flow tests in the last 90 days.</source>
        <translation>За последние 90 суток замеров нет.</translation>
    </message>
    <message>
        <source>Last dynamogram {moment}</source>
        <translation>Последняя динамограмма {moment}</translation>
    </message>
    <message>
        <source>dynamograms: {count}</source>
        <translation>динамограммы: {count}</translation>
    </message>
    <message>
        <source>nothing new</source>
        <translation>ничего нового</translation>
    </message>
    <message>
        <source>Since your last visit ({moment}): {news}.</source>
        <translation>С вашего прошлого просмотра ({moment}): {news}.</translation>
    </message>
    <message>
        <source>, by hand</source>
        <translation>, вручную</translation>
    </message>
    <message>
        <source>{what}, {moment}: {values}</source>
        <translation>{what}, {moment}: {values}</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Загрузить файлы…</translation>
    </message>
    <message>
        <source>Show more findings ({count} left)</source>
        <translation>Показать ещё диагнозы (осталось: {count})</translation>
    </message>
    <message>
        <source>The alarms of this well</source>
        <translation>Тревоги этой скважины</translation>
    </message>
    <message>
        <source>No readings and no dynamograms yet: there is nothing to judge the well by.</source>
        <translation>Показаний и динамограмм пока нет: судить о скважине не по чему.</translation>
    </message>
    <message>
        <source>No readings yet.</source>
        <translation>Показаний пока нет.</translation>
    </message>
    <message>
        <source>Last readings, {moment}</source>
        <translation>Последние показания, {moment}</translation>
    </message>
</context>
<context>
    <name>PadChart</name>
    <message>
        <source>Episodes of the pad over time</source>
        <translation>Эпизоды куста во времени</translation>
    </message>
</context>
<context>
    <name>PageStack</name>
    <message>
        <source>Opening…</source>
        <translation>Открывается…</translation>
    </message>
</context>
<context>
    <name>PageTabs</name>
    <message>
        <source>More ▾</source>
        <translation>Ещё ▾</translation>
    </message>
    <message>
        <source>Pages that the window has no room for</source>
        <translation>Страницы, которые не поместились в окне</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Overview</source>
        <translation>Обзор</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>Тренды</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Динамограммы</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Отчёты</translation>
    </message>
    <message>
        <source>Flow and levels</source>
        <translation>Дебит</translation>
    </message>
    <message>
        <source>Well tests</source>
        <translation>ГДИ</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>Прогноз</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Промысел</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Лаборатория</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>События</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Обмен</translation>
    </message>
    <message>
        <source>My work</source>
        <translation>Моя работа</translation>
    </message>
    <message>
        <source>What to set</source>
        <translation>Подбор режима</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Instruments</source>
        <translation>Приборы</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Тревоги</translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Pages</source>
        <translation>Страницы</translation>
    </message>
</context>
<context>
    <name>Pens</name>
    <message>
        <source>Pressure</source>
        <translation>Давление</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Температура</translation>
    </message>
    <message>
        <source>Current</source>
        <translation>Ток</translation>
    </message>
    <message>
        <source>Voltage</source>
        <translation>Напряжение</translation>
    </message>
    <message>
        <source>Frequency</source>
        <translation>Частота</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Мощность</translation>
    </message>
    <message>
        <source>Power factor</source>
        <translation>cos φ</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Доля</translation>
    </message>
    <message>
        <source>Insulation</source>
        <translation>Изоляция</translation>
    </message>
    <message>
        <source>Vibration</source>
        <translation>Вибрация</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Качания</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Дебит</translation>
    </message>
    <message>
        <source>Choke</source>
        <translation>Штуцер</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>{unit}/d</source>
        <translation>{unit}/сут</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Разность</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Объём</translation>
    </message>
</context>
<context>
    <name>Period</name>
    <message>
        <source>24 h</source>
        <translation>24 ч</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 сут</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 сут</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>90 сут</translation>
    </message>
    <message>
        <source>1 y</source>
        <translation>1 год</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Всё</translation>
    </message>
</context>
<context>
    <name>PeriodBar</name>
    <message>
        <source>Period</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>Type another period</source>
        <translation>Ввести другой период</translation>
    </message>
    <message>
        <source>own</source>
        <translation>свой</translation>
    </message>
</context>
<context>
    <name>PeriodDialog</name>
    <message>
        <source>Period</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>From</source>
        <translation>С</translation>
    </message>
    <message>
        <source>To</source>
        <translation>По</translation>
    </message>
    <message>
        <source>The end must be later than the beginning.</source>
        <translation>Конец должен быть позже начала.</translation>
    </message>
    <message>
        <source>There is no such date or hour.</source>
        <translation>Такой даты или часа нет.</translation>
    </message>
</context>
<context>
    <name>PreviewModel</name>
    <message>
        <source>Is</source>
        <translation>Это</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Единица</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Станет</translation>
    </message>
</context>
<context>
    <name>ProductionPanel</name>
    <message>
        <source>Rate</source>
        <translation>Дебит</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Добыча</translation>
    </message>
    <message>
        <source>liquid</source>
        <translation>жидкость</translation>
    </message>
    <message>
        <source>oil</source>
        <translation>нефть</translation>
    </message>
    <message>
        <source>water injected</source>
        <translation>закачка воды</translation>
    </message>
</context>
<context>
    <name>QuestionsBox</name>
    <message>
        <source>What the file leaves open</source>
        <translation>Что файл оставил открытым</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>строка {line}</translation>
    </message>
    <message>
        <source>other, kg/m³</source>
        <translation>другая, кг/м³</translation>
    </message>
    <message>
        <source>Density of the liquid, or of oil and of water, kg/m³</source>
        <translation>Плотность жидкости или нефти и воды, кг/м³</translation>
    </message>
</context>
<context>
    <name>ReadOfWell</name>
    <message>
        <source>Well {name} is being read…</source>
        <translation>Скв. {name}: данные читаются…</translation>
    </message>
    <message>
        <source>It could not be read. The messages below say why.</source>
        <translation>Прочитать не удалось: причина — в сообщении внизу.</translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message>
        <source>What is shown</source>
        <translation>Что показано</translation>
    </message>
    <message>
        <source>Everything that was done</source>
        <translation>Всё, что сделано</translation>
    </message>
    <message>
        <source>Nothing of this kind yet. Add an entry with Ctrl+N, or drop a file on the window.</source>
        <translation>Таких записей пока нет. Добавьте запись (Ctrl+N) или перетащите файл в окно.</translation>
    </message>
    <message>
        <source>Events and documents</source>
        <translation>События и документы</translation>
    </message>
    <message>
        <source>Add a document…</source>
        <translation>Документ…</translation>
    </message>
    <message>
        <source>Add an event…</source>
        <translation>Событие…</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Начало</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Окончание</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
</context>
<context>
    <name>RecordsPanel</name>
    <message>
        <source>Filter</source>
        <translation>Фильтр</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Изменить…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Undo the change</source>
        <translation>Отменить изменение</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Выгрузить…</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>Выгрузить таблицу</translation>
    </message>
</context>
<context>
    <name>RecoveryKey</name>
    <message>
        <source>Recovery key</source>
        <translation>Ключ восстановления</translation>
    </message>
    <message>
        <source>Make a recovery key</source>
        <translation>Создать ключ восстановления</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
</context>
<context>
    <name>RegistersTable</name>
    <message>
        <source>Registers of the profile</source>
        <translation>Регистры профиля</translation>
    </message>
    <message>
        <source>Registers of the profile…</source>
        <translation>Регистры профиля…</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>Добавить строку</translation>
    </message>
    <message>
        <source>Remove the row</source>
        <translation>Убрать строку</translation>
    </message>
    <message>
        <source>Save as my profile…</source>
        <translation>Сохранить как свой…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation>Датчик</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Таблица</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Тип</translation>
    </message>
    <message>
        <source>Word order</source>
        <translation>Порядок слов</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Множитель</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Сдвиг</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Единица</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Опрос</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Сырое</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Сейчас</translation>
    </message>
    <message>
        <source>Save as my profile</source>
        <translation>Сохранить как свой профиль</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <source>Field no.</source>
        <translation>Поле №</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>Making the preview…</source>
        <translation>Готовится предпросмотр…</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n страница</numerusform>
            <numerusform>%n страницы</numerusform>
            <numerusform>%n страниц</numerusform>
        </translation>
    </message>
    <message>
        <source>no data in the period: {wells}</source>
        <translation>нет данных за период: {wells}</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore a backup</source>
        <translation>Восстановление из копии</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
    <message>
        <source>File of the backup…</source>
        <translation>Файл копии…</translation>
    </message>
    <message>
        <source>The profile of another laptop, or of this one before: the centre knows it again, nothing is sent twice. The file is read whole first; then the window opens anew with it.</source>
        <translation>Профиль другого ноутбука или этого, каким он был: центр его узнаёт, дважды ничего не отправляется. Сначала файл читается целиком, затем окно открывается с ним заново.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Фраза</translation>
    </message>
</context>
<context>
    <name>RodsPanel</name>
    <message>
        <source>Rod string</source>
        <translation>Колонна штанг</translation>
    </message>
    <message>
        <source>The rod string of this well is not entered.</source>
        <translation>Колонна штанг этой скважины не внесена.</translation>
    </message>
    <message>
        <source>pump</source>
        <translation>насос</translation>
    </message>
</context>
<context>
    <name>RowColumns</name>
    <message>
        <source>As it was made</source>
        <translation>Как было</translation>
    </message>
</context>
<context>
    <name>RowsField</name>
    <message>
        <source>Insert a row</source>
        <translation>Вставить строку</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Move the row up (Alt+Up)</source>
        <translation>Строку выше (Alt+Вверх)</translation>
    </message>
    <message>
        <source>Move the row down (Alt+Down)</source>
        <translation>Строку ниже (Alt+Вниз)</translation>
    </message>
    <message>
        <source>Paste from Excel</source>
        <translation>Вставить из Excel</translation>
    </message>
</context>
<context>
    <name>Searching</name>
    <message>
        <source>Documents being read for the search: {done} of {total}</source>
        <translation>Документы читаются для поиска: {done} из {total}</translation>
    </message>
    <message numerus="yes">
        <source>Documents whose text was not read: %n</source>
        <translation>
            <numerusform>Документов, текст которых не прочитан: %n</numerusform>
            <numerusform>Документов, текст которых не прочитан: %n</numerusform>
            <numerusform>Документов, текст которых не прочитан: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is found by these words.</source>
        <translation>По этим словам ничего не найдено.</translation>
    </message>
    <message>
        <source>Well {name}</source>
        <translation>Скважина {name}</translation>
    </message>
    <message>
        <source>Not read, or not to the end</source>
        <translation>Не прочитаны или прочитаны не до конца</translation>
    </message>
</context>
<context>
    <name>SettingFields</name>
    <message>
        <source>s</source>
        <translation>с</translation>
    </message>
    <message>
        <source>days</source>
        <translation>сут</translation>
    </message>
    <message>
        <source>Field (MPa, atm, m³/d, kN)</source>
        <translation>Промысловые (МПа, атм, м³/сут, кН)</translation>
    </message>
    <message>
        <source>SI (Pa, m³/s, N)</source>
        <translation>СИ (Па, м³/с, Н)</translation>
    </message>
    <message>
        <source>US field (psi, bbl/d, lbf)</source>
        <translation>Американские (psi, bbl/d, lbf)</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>Sunlight (high contrast)</source>
        <translation>На солнце (высокая контрастность)</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>мм</translation>
    </message>
    <message>
        <source>Ordinary</source>
        <translation>Обычный</translation>
    </message>
    <message>
        <source>Early, before the others</source>
        <translation>Ранний, прежде остальных</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>If the key of this profile is lost</source>
        <translation>Если ключ этого профиля потерян</translation>
    </message>
    <message>
        <source>Who works here</source>
        <translation>Кто здесь работает</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Обновления</translation>
    </message>
</context>
<context>
    <name>SheetBar</name>
    <message>
        <source>What is in the table</source>
        <translation>Что в таблице</translation>
    </message>
    <message>
        <source>Take this sheet</source>
        <translation>Взять этот лист</translation>
    </message>
    <message>
        <source>The header is in line</source>
        <translation>Заголовок в строке</translation>
    </message>
    <message>
        <source>In the table:</source>
        <translation>В таблице:</translation>
    </message>
    <message>
        <source>Header in line</source>
        <translation>Заголовок в строке</translation>
    </message>
    <message>
        <source>Well of rows that name none</source>
        <translation>Скважина, если не указана в строках</translation>
    </message>
    <message>
        <source>Date of rows that have none</source>
        <translation>Дата, если не указана в строках</translation>
    </message>
    <message>
        <source>Strokes per minute</source>
        <translation>Число качаний в минуту</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Скважина</translation>
    </message>
    <message>
        <source>Date, hour</source>
        <translation>Дата, час</translation>
    </message>
    <message>
        <source>Strokes/min</source>
        <translation>Кач/мин</translation>
    </message>
</context>
<context>
    <name>ShelfDialog</name>
    <message numerus="yes">
        <source>Why is it shelved? Alarms: %n. The reason is kept and sent.</source>
        <translation>
            <numerusform>Почему откладывается? Тревог: %n. Причина хранится и отправляется.</numerusform>
            <numerusform>Почему откладывается? Тревог: %n. Причина хранится и отправляется.</numerusform>
            <numerusform>Почему откладывается? Тревог: %n. Причина хранится и отправляется.</numerusform>
        </translation>
    </message>
    <message>
        <source>Shelve</source>
        <translation>Отложить</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>На сколько</translation>
    </message>
    <message numerus="yes">
        <source>For %n hour(s)</source>
        <translation>
            <numerusform>На %n час</numerusform>
            <numerusform>На %n часа</numerusform>
            <numerusform>На %n часов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>For %n day(s)</source>
        <translation>
            <numerusform>На %n сутки</numerusform>
            <numerusform>На %n суток</numerusform>
            <numerusform>На %n суток</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Findings</source>
        <translation>Выводы</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Показатели</translation>
    </message>
    <message>
        <source>Rods</source>
        <translation>Штанги</translation>
    </message>
    <message>
        <source>Torque</source>
        <translation>Момент</translation>
    </message>
    <message>
        <source>Valves</source>
        <translation>Клапаны</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Что если</translation>
    </message>
</context>
<context>
    <name>SigningIn</name>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Выйти</translation>
    </message>
</context>
<context>
    <name>SizingBox</name>
    <message>
        <source>Liquid wanted</source>
        <translation>Нужный дебит жидкости</translation>
    </message>
    <message>
        <source>Frequency, Hz</source>
        <translation>Частота, Гц</translation>
    </message>
    <message>
        <source>A separator takes, % of the gas</source>
        <translation>Сепаратор забирает, % газа</translation>
    </message>
    <message>
        <source>Size an ESP</source>
        <translation>Подобрать ЭЦН</translation>
    </message>
    <message>
        <source>An ESP for a rate</source>
        <translation>ЭЦН под дебит</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>%n value(s) to import</source>
        <translation>
            <numerusform>к загрузке %n значение</numerusform>
            <numerusform>к загрузке %n значения</numerusform>
            <numerusform>к загрузке %n значений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n ошибка</numerusform>
            <numerusform>%n ошибки</numerusform>
            <numerusform>%n ошибок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful</source>
        <translation>
            <numerusform>%n сомнительное</numerusform>
            <numerusform>%n сомнительных</numerusform>
            <numerusform>%n сомнительных</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>%n строка не данные</numerusform>
            <numerusform>%n строки не данные</numerusform>
            <numerusform>%n строк не данные</numerusform>
        </translation>
    </message>
    <message>
        <source>only the beginning is shown, the whole file is imported</source>
        <translation>показано начало, загружен будет весь файл</translation>
    </message>
    <message>
        <source>Say in the first row what the columns are: one of them has to be the date.</source>
        <translation>Укажите в первой строке, что в столбцах: один из них — дата.</translation>
    </message>
    <message>
        <source>Put the red cells right, skip their rows, or leave the cells empty.</source>
        <translation>Исправьте красные ячейки, пропустите их строки или оставьте ячейки пустыми.</translation>
    </message>
    <message>
        <source>Say which well the rows are from.</source>
        <translation>Укажите, с какой скважины строки.</translation>
    </message>
    <message>
        <source>Decide about the wells that are not known.</source>
        <translation>Решите, что делать с неизвестными скважинами.</translation>
    </message>
    <message>
        <source>There is nothing to import.</source>
        <translation>Загружать нечего.</translation>
    </message>
    <message>
        <source>Say what becomes of the wells that have another lift.</source>
        <translation>Решите, что делать со скважинами с другим способом эксплуатации.</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n вопрос</numerusform>
            <numerusform>%n вопроса</numerusform>
            <numerusform>%n вопросов</numerusform>
        </translation>
    </message>
    <message>
        <source>Say what the file leaves open: one click for each question above.</source>
        <translation>Ответьте, что файл оставил открытым: один щелчок на каждый вопрос выше.</translation>
    </message>
    <message>
        <source>What is said of the file</source>
        <translation>Что сказано о файле</translation>
    </message>
    <message>
        <source>“{words}” in the row above is no number of strokes per minute: {least} … {most} are possible.</source>
        <translation>«{words}» в строке над таблицей — не число качаний в минуту: возможно от {least} до {most}.</translation>
    </message>
    <message>
        <source>Say in the row above the table: {what}.</source>
        <translation>Укажите в строке над таблицей: {what}.</translation>
    </message>
    <message>
        <source>Put the rows right or skip them: {what}.</source>
        <translation>Исправьте строки или пропустите их: {what}.</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Progress of the sync</source>
        <translation>Ход обмена</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Обменяться сейчас</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Прервать</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Приостановить</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>Подключения…</translation>
    </message>
    <message>
        <source>What was entered here and where it is</source>
        <translation>Что введено здесь и где оно сейчас</translation>
    </message>
    <message>
        <source>Nothing waits. What you enter or import here is shown until the centre has it.</source>
        <translation>Неотправленных записей нет. Здесь видно всё, что введено или загружено, пока оно не окажется в центре.</translation>
    </message>
    <message>
        <source>The last syncs</source>
        <translation>Последние обмены</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Отправить ещё раз</translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>Решить…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Изменить…</translation>
    </message>
    <message>
        <source>Give up…</source>
        <translation>Снять…</translation>
    </message>
    <message>
        <source>Save what waits to a file…</source>
        <translation>Сохранить неотправленное в файл…</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Записи</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>Введено</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Скважина</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Почему</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Попыток</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Отправлено</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Изменений</translation>
    </message>
    <message>
        <source>Readings</source>
        <translation>Показаний</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Динамограмм</translation>
    </message>
    <message>
        <source>What was wrong</source>
        <translation>Что не удалось</translation>
    </message>
    <message>
        <source>Give up an entry</source>
        <translation>Снять запись</translation>
    </message>
    <message>
        <source>Why is it given up? The entry stays readable in the journal, but is never sent.</source>
        <translation>Почему запись снимается? Она останется в журнале, но отправлена не будет.</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Снять</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>Save what waits</source>
        <translation>Сохранить неотправленное</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>Принять из файла…</translation>
    </message>
    <message>
        <source>Take what another laptop saved</source>
        <translation>Принять то, что сохранил другой ноутбук</translation>
    </message>
    <message>
        <source>Nothing has been exchanged with the centre yet.</source>
        <translation>Обменов с центром ещё не было.</translation>
    </message>
</context>
<context>
    <name>TemplateDialog</name>
    <message>
        <source>Template of the report</source>
        <translation>Шаблон отчёта</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Бумага</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Оглавление</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Разделы</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Альбомная страница</translation>
    </message>
    <message>
        <source>Sections: tick, drag into order</source>
        <translation>Разделы: отметьте, порядок — перетаскиванием</translation>
    </message>
    <message>
        <source>Options of the section</source>
        <translation>Параметры раздела</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>This section has no options.</source>
        <translation>У этого раздела параметров нет.</translation>
    </message>
    <message>
        <source>Save as my own</source>
        <translation>Сохранить как свой</translation>
    </message>
</context>
<context>
    <name>TemplatesMenu</name>
    <message>
        <source>Template…</source>
        <translation>Изменить…</translation>
    </message>
    <message>
        <source>Change, share or delete the template</source>
        <translation>Изменить шаблон, передать или удалить</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>Взять из файла…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Save the template</source>
        <translation>Сохранение шаблона</translation>
    </message>
    <message>
        <source>Take a template</source>
        <translation>Выбор шаблона</translation>
    </message>
    <message>
        <source>Change and save as my own…</source>
        <translation>Изменить и сохранить как свой…</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>{seconds} s ago</source>
        <translation>{seconds} с назад</translation>
    </message>
    <message>
        <source>Outside what this sensor can say: check scale and unit in the profile</source>
        <translation>Вне пределов этого датчика: проверьте множитель и единицу в профиле</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Of everybody</source>
        <translation>Всех</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Мои</translation>
    </message>
    <message>
        <source>Whose tasks</source>
        <translation>Чьи задания</translation>
    </message>
    <message>
        <source>Nothing is to be done today. A task is set with “New task…”, from a finding (“To the tasks”), or by the rules of the site in the settings: “level every 14 d: SRP”.</source>
        <translation>На сегодня ничего нет. Задание ставится кнопкой «Новое задание…», из диагноза («В задания») или правилами промысла в настройках: «уровень раз в 14 сут: ШГН».</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>New task…</source>
        <translation>Новое задание…</translation>
    </message>
    <message>
        <source>Print the sheet…</source>
        <translation>Печать листа…</translation>
    </message>
    <message>
        <source>Sheet as PDF…</source>
        <translation>Лист в PDF…</translation>
    </message>
    <message>
        <source>Report of the day…</source>
        <translation>Отчёт за день…</translation>
    </message>
    <message>
        <source>Nearest next</source>
        <translation>По близости</translation>
    </message>
    <message>
        <source>The order that was put by hand is forgotten</source>
        <translation>Порядок, заданный вручную, забывается</translation>
    </message>
    <message>
        <source>Enter…</source>
        <translation>Внести…</translation>
    </message>
    <message>
        <source>What was measured or done</source>
        <translation>Что измерено или сделано</translation>
    </message>
    <message>
        <source>I do it</source>
        <translation>Беру</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Сделано</translation>
    </message>
    <message>
        <source>Cannot…</source>
        <translation>Нельзя…</translation>
    </message>
    <message>
        <source>Open the well</source>
        <translation>Открыть скважину</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Раньше</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+Вверх</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>Alt+Down</source>
        <translation>Alt+Вниз</translation>
    </message>
    <message>
        <source>{left} left, {done} closed</source>
        <translation>осталось {left}, закрыто {done}</translation>
    </message>
    <message>
        <source>Take along: {what}</source>
        <translation>Взять с собой: {what}</translation>
    </message>
    <message>
        <source>Why can it not be done? The reason is kept and sent.</source>
        <translation>Почему нельзя сделать? Причина сохраняется и отправляется.</translation>
    </message>
    <message>
        <source>Cannot be done</source>
        <translation>Нельзя сделать</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Opens the page of alarms</source>
        <translation>Открывает страницу тревог</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>и ещё {count}</translation>
    </message>
</context>
<context>
    <name>ToldTable</name>
    <message>
        <source>No rows</source>
        <translation>Строк нет</translation>
    </message>
    <message>
        <source>Rows: {count}. The first one: {first}</source>
        <translation>Строк: {count}. Первая: {first}</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>No well chosen</source>
        <translation>Скважина не выбрана</translation>
    </message>
    <message>
        <source>State of sending</source>
        <translation>Состояние отправки</translation>
    </message>
    <message>
        <source>Well {name}</source>
        <translation>Скв. {name}</translation>
    </message>
    <message>
        <source>Your entries are kept in the journal on this laptop until the centre confirms them. Click: where they are.</source>
        <translation>Записи хранятся в журнале на этом ноутбуке, пока их не подтвердит центр. Нажмите, чтобы увидеть, где они.</translation>
    </message>
    <message>
        <source>Times are by the field&apos;s clock: {zone}. Another one: Settings.</source>
        <translation>Время — по часам промысла: {zone}. Сменить: Настройки.</translation>
    </message>
    <message numerus="yes">
        <source>Entries begun and not saved: %n. Click: go on with them.</source>
        <translation>
            <numerusform>Начата и не сохранена %n запись. Нажмите, чтобы продолжить.</numerusform>
            <numerusform>Начаты и не сохранены %n записи. Нажмите, чтобы продолжить.</numerusform>
            <numerusform>Начаты и не сохранены %n записей. Нажмите, чтобы продолжить.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TorquePanel</name>
    <message>
        <source>The dimensions of the pumping unit are not entered: its torque cannot be had.</source>
        <translation>Размеры станка-качалки не внесены: момент не определить.</translation>
    </message>
    <message>
        <source>The counterweights&apos; moment is not entered: only the best balance is shown.</source>
        <translation>Момент грузов не внесён: показано только наилучшее уравновешивание.</translation>
    </message>
</context>
<context>
    <name>TreeActions</name>
    <message>
        <source>Folder of the tables</source>
        <translation>Папка для таблиц</translation>
    </message>
</context>
<context>
    <name>TrendsBar</name>
    <message>
        <source>Follow</source>
        <translation>Следить</translation>
    </message>
    <message>
        <source>Keep the newest readings in view</source>
        <translation>Держать на экране новейшие показания</translation>
    </message>
    <message>
        <source>Go to finding</source>
        <translation>К диагнозу</translation>
    </message>
</context>
<context>
    <name>TrendsPage</name>
    <message>
        <source>No readings yet. Drop a CSV or Parquet file on the window to import them.</source>
        <translation>Показаний пока нет. Перетащите на окно файл CSV или Parquet, чтобы загрузить их.</translation>
    </message>
</context>
<context>
    <name>TwinPanel</name>
    <message>
        <source>The twin needs rods, pump and pressures of this well.</source>
        <translation>Для двойника нужны штанги, насос и давления этой скважины.</translation>
    </message>
    <message>
        <source>As measured</source>
        <translation>Как измерено</translation>
    </message>
    <message>
        <source>Strokes per minute</source>
        <translation>Число качаний в минуту</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>Длина хода</translation>
    </message>
    <message>
        <source>Plunger</source>
        <translation>Плунжер</translation>
    </message>
    <message>
        <source>Fillage</source>
        <translation>Наполнение</translation>
    </message>
    <message>
        <source>Damping, 1/s</source>
        <translation>Демпфирование, 1/с</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Измерено</translation>
    </message>
    <message>
        <source>Twin</source>
        <translation>Двойник</translation>
    </message>
    <message>
        <source>API RP 11L for comparison: {high} and {low} on the polished rod, torque {torque}, {rate} at full fillage; Fo/Skr {load}, N/No {speed}.</source>
        <translation>Для сравнения API RP 11L: на штоке {high} и {low}, момент {torque}, {rate} при полном наполнении; Fo/Skr {load}, N/No {speed}.</translation>
    </message>
    <message>
        <source>Beyond the practice&apos;s charts.</source>
        <translation>За пределами графиков стандарта.</translation>
    </message>
</context>
<context>
    <name>Usual</name>
    <message>
        <source>Usual</source>
        <translation>Обычное</translation>
    </message>
    <message>
        <source>The band that each pen keeps to in this mode when all is well</source>
        <translation>Полоса, в которой перо держится в этом режиме, когда всё в порядке</translation>
    </message>
    <message>
        <source>Show for…</source>
        <translation>Показать для…</translation>
    </message>
    <message>
        <source>The sensors that matter for a condition</source>
        <translation>Датчики, важные для осложнения</translation>
    </message>
</context>
<context>
    <name>ValuesModel</name>
    <message>
        <source>Sensor</source>
        <translation>Датчик</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Значение</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Обычное</translation>
    </message>
</context>
<context>
    <name>ValuesTable</name>
    <message>
        <source>Last readings</source>
        <translation>Последние показания</translation>
    </message>
</context>
<context>
    <name>ViewDialog</name>
    <message>
        <source>Keep as a view</source>
        <translation>Сохранение вида</translation>
    </message>
    <message>
        <source>every well</source>
        <translation>любой скважины</translation>
    </message>
    <message>
        <source>wells of this lift: {lift}</source>
        <translation>скважин этого способа: {lift}</translation>
    </message>
    <message>
        <source>well {name} alone</source>
        <translation>только скважины {name}</translation>
    </message>
    <message>
        <source>With the period</source>
        <translation>С периодом</translation>
    </message>
    <message>
        <source>With the period: {period}</source>
        <translation>С периодом: {period}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Для</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Сохранить как…</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Открывается…</translation>
    </message>
    <message>
        <source>This kind of file is not shown here: save it and open it with its own program.</source>
        <translation>Такой файл здесь не показывается: сохраните его и откройте своей программой.</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>Сохранить файл</translation>
    </message>
    <message>
        <source>Text of the document</source>
        <translation>Текст документа</translation>
    </message>
    <message>
        <source>The text alone, as it was read for the search. To see it as it is, save it.</source>
        <translation>Только текст, прочитанный для поиска. Чтобы увидеть документ как есть, сохраните его.</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>View</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Keep as a view…</source>
        <translation>Сохранить вид…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>Взять из файла…</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>Delete the view</source>
        <translation>Удалить вид</translation>
    </message>
    <message>
        <source>Save the view</source>
        <translation>Сохранить вид</translation>
    </message>
    <message>
        <source>Take a view</source>
        <translation>Взять вид</translation>
    </message>
    <message>
        <source>Pens, scales, panes, period under a name</source>
        <translation>Перья, шкалы, панели и период под одним названием</translation>
    </message>
</context>
<context>
    <name>Way</name>
    <message>
        <source>Well, what</source>
        <translation>Скважина, что</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>До</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Last time</source>
        <translation>Прошлый раз</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Tasks of the day, in the order of the way</source>
        <translation>Задания дня в порядке объезда</translation>
    </message>
</context>
<context>
    <name>WellMap</name>
    <message>
        <source>Map of the wells; the same wells stand in the table</source>
        <translation>Карта скважин; те же скважины есть в таблице</translation>
    </message>
    <message>
        <source>No well has coordinates yet: they come with a file or a form of coordinates.</source>
        <translation>Координат пока нет ни у одной скважины: они приходят из файла или формы «Координаты».</translation>
    </message>
    <message>
        <source>Without coordinates: {count}</source>
        <translation>Без координат: {count}</translation>
    </message>
</context>
<context>
    <name>WellSketch</name>
    <message>
        <source>Sketch of the well</source>
        <translation>Схема скважины</translation>
    </message>
    <message>
        <source>Dynamic level {depth}, {moment}</source>
        <translation>Динамический уровень {depth}, {moment}</translation>
    </message>
    <message>
        <source>Pump at {depth}</source>
        <translation>Насос на {depth}</translation>
    </message>
</context>
<context>
    <name>WellTestsPage</name>
    <message>
        <source>Taken</source>
        <translation>Снят</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Well tests</source>
        <translation>ГДИ</translation>
    </message>
    <message>
        <source>Horner time (tₚ + Δt)/Δt</source>
        <translation>Время Хорнера (tₚ + Δt)/Δt</translation>
    </message>
    <message>
        <source>Drag the shaded window: k and skin follow it.</source>
        <translation>Двигайте окно: k и скин следуют за ним.</translation>
    </message>
    <message>
        <source>No well tests yet. Drop a file with a build-up, drawdown or inflow test on the window.</source>
        <translation>Исследований пока нет. Перетащите в окно файл КВД, КПД или индикаторной диаграммы.</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Что показало</translation>
    </message>
    <message>
        <source>Log-log: change, derivative, match</source>
        <translation>Диагностический график: изменение, производная, совмещение</translation>
    </message>
    <message>
        <source>Horner</source>
        <translation>Хорнер</translation>
    </message>
    <message>
        <source>Δp</source>
        <translation>Δp</translation>
    </message>
    <message>
        <source>derivative</source>
        <translation>производная</translation>
    </message>
    <message>
        <source>match</source>
        <translation>совмещение</translation>
    </message>
    <message>
        <source>points</source>
        <translation>точки</translation>
    </message>
    <message>
        <source>Time after the change</source>
        <translation>Время после смены режима</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>Давление</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Дебит</translation>
    </message>
    <message>
        <source>All by itself</source>
        <translation>Всё само</translation>
    </message>
    <message>
        <source>Misfit: {one}, of the second model {other}</source>
        <translation>Расхождение: {one}, второй модели: {other}</translation>
    </message>
    <message>
        <source>second model</source>
        <translation>вторая модель</translation>
    </message>
</context>
<context>
    <name>WellTree</name>
    <message>
        <source>Find (Ctrl+F)</source>
        <translation>Найти (Ctrl+F)</translation>
    </message>
    <message>
        <source>Needs attention first</source>
        <translation>Сначала требующие внимания</translation>
    </message>
    <message>
        <source>Wells</source>
        <translation>Скважины</translation>
    </message>
    <message>
        <source>Pad {pad}</source>
        <translation>Куст {pad}</translation>
    </message>
    <message>
        <source>Well {name}: {state}. Last reading {moment}</source>
        <translation>Скв. {name}: {state}. Последнее показание {moment}</translation>
    </message>
    <message>
        <source>There is no well “{name}”. Nearest: {near}</source>
        <translation>Скважины «{name}» нет. Похожие: {near}</translation>
    </message>
    <message>
        <source>Only favourites (Ctrl+D on a well makes it one)</source>
        <translation>Только избранные (Ctrl+D на скважине — в избранное)</translation>
    </message>
    <message>
        <source>Only favourites</source>
        <translation>Только избранные</translation>
    </message>
    <message>
        <source>No well is a favourite yet: Ctrl+D on a well, or a right click.</source>
        <translation>Избранных скважин пока нет: Ctrl+D на скважине или правая кнопка.</translation>
    </message>
    <message>
        <source>An entry was begun and not saved</source>
        <translation>Начатая запись не сохранена</translation>
    </message>
    <message>
        <source>Find a well, a command, an entry, a document</source>
        <translation>Найти скважину, команду, запись, документ</translation>
    </message>
    <message>
        <source>There is no well “{name}”.</source>
        <translation>Скважины «{name}» нет.</translation>
    </message>
</context>
<context>
    <name>WellsBox</name>
    <message>
        <source>Wells that are not known</source>
        <translation>Неизвестные скважины</translation>
    </message>
    <message>
        <source>Make all of them</source>
        <translation>Создать все</translation>
    </message>
    <message>
        <source>Well “{name}” of the file</source>
        <translation>Скважина «{name}» из файла</translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>Решите…</translation>
    </message>
    <message>
        <source>Make a new well</source>
        <translation>Создать скважину</translation>
    </message>
    <message>
        <source>Leave its rows out</source>
        <translation>Не брать её строки</translation>
    </message>
</context>
<context>
    <name>WellsDialog</name>
    <message>
        <source>Wells of the report</source>
        <translation>Скважины отчёта</translation>
    </message>
    <message>
        <source>Filter: well, pad, field</source>
        <translation>Фильтр: скважина, куст, месторождение</translation>
    </message>
    <message>
        <source>Wells</source>
        <translation>Скважины</translation>
    </message>
    <message>
        <source>Tick all shown</source>
        <translation>Отметить показанные</translation>
    </message>
    <message>
        <source>Untick all shown</source>
        <translation>Снять с показанных</translation>
    </message>
    <message>
        <source>Make the report</source>
        <translation>Составить отчёт</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>WordsDialog</name>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>WorkPage</name>
    <message>
        <source>What was done here</source>
        <translation>Что здесь сделано</translation>
    </message>
    <message>
        <source>Nothing yet. What you enter, change, decide or import stands here and can be taken back.</source>
        <translation>Пока ничего. Здесь будет всё, что вы введёте, измените, решите или загрузите, и это можно будет отменить.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Do again</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>What the program has said</source>
        <translation>Что сообщала программа</translation>
    </message>
    <message>
        <source>My work</source>
        <translation>Моя работа</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Скважина</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Значения</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>By Enter</source>
        <translation>По Enter</translation>
    </message>
    <message>
        <source>Log of imports…</source>
        <translation>Журнал загрузок…</translation>
    </message>
    <message>
        <source>Log of imports</source>
        <translation>Журнал загрузок</translation>
    </message>
    <message>
        <source>imports.xlsx</source>
        <translation>загрузки.xlsx</translation>
    </message>
    <message>
        <source>The program has said nothing yet.</source>
        <translation>Сообщений ещё не было.</translation>
    </message>
</context>
<context>
    <name>_PhraseDialog</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
</TS>
