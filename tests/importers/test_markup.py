"""Web pages and XML: what calls itself .xls, WITSML logs, PRODML production; and what means harm."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import KnownError
from app.importers import IMPORTERS
from app.importers.base import Order
from app.importers.opening import choose_by_head
from app.importers.sheets import Sheet, column_name
from app.importers.vocabulary import vocabulary
from tests.importers.reading import read


def sheets(content: bytes | str, name: str = "report.xls", key: str = "") -> tuple[Sheet, ...]:
    content = content.encode() if isinstance(content, str) else content
    importer = choose_by_head(Path(name), content[:65_536])
    assert importer.read is not None
    assert importer.key == (key or importer.key)
    return importer.read(Path(name), io.BytesIO(content), Order(vocabulary(), formats=IMPORTERS)).sheets


def refused(content: bytes | str, name: str = "report.xml") -> str:
    with pytest.raises(KnownError) as caught:
        sheets(content, name)
    assert caught.value.details["file"] == name
    return caught.value.code


def body(sheet: Sheet) -> list[list[Any]]:
    columns = [sheet.table.column(column_name(i)).to_pylist() for i in range(len(sheet.headers))]
    return [list(row) for row in zip(*columns, strict=True)]


# ---- web pages ---------------------------------------------------------------------------------------------

ROW = "<tr><td>101</td><td>01.10.2026 00:00</td><td>50</td></tr>"
HEAD = "<tr><th>Скважина</th><th>Дата</th><th>Рпр, атм</th></tr>"


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><table>{HEAD}{ROW}</table></body></html>",
        f"<!DOCTYPE html>\n<html><head><meta charset=utf-8></head><table>{HEAD}{ROW}</table></html>",
        f"<table>{HEAD}{ROW}</table>",
        f"<TABLE><THEAD>{HEAD}</THEAD><TBODY>{ROW}</TBODY></TABLE>",
        "<table><tr><td>Скважина<td>Дата<td>Рпр, атм<tr><td>101<td>01.10.2026 00:00<td>50</table>",
        f"<html><h1>Сводка</h1><table><tr><td><table>{HEAD}{ROW}</table></td></tr></table>",
        f"<html><table>{HEAD}{ROW}",
        f"<table><tr><td colspan=3>Сводка</td></tr>{HEAD}{ROW}</table>",
        f"<html><style>td {{ color: red }}</style><script>x = '<td>'</script><table>{HEAD}{ROW}</table>",
    ],
)
def test_a_page_that_calls_itself_a_workbook_is_read(page: str) -> None:
    (found,) = sheets(page, key="html")
    assert found.headers == ("Скважина", "Дата", "Рпр, атм")
    assert body(found) == [["101", "01.10.2026 00:00", "50"]]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp1251", "windows-1251"),
        ("koi8-r", "koi8-r"),
        ("utf-8", "utf-8"),
        ("cp1251", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1251", ""),
    ],
)
def test_a_page_is_in_the_encoding_that_it_says_where_that_is_true(encoding: str, said: str) -> None:
    page = (
        f"<html><meta http-equiv=Content-Type content='text/html; charset={said}'><table>{HEAD}{ROW}</table>"
    )
    assert sheets(page.encode(encoding), key="html")[0].headers[0] == "Скважина"


def test_merged_cells_of_a_page_say_their_value_in_each_row() -> None:
    rows = (
        "<tr><td rowspan=2>101</td><td>01.10.2026</td><td>50</td></tr><tr><td>02.10.2026</td><td>51</td></tr>"
    )
    assert [row[0] for row in body(sheets(f"<table>{HEAD}{rows}</table>")[0])] == ["101", "101"]


def test_numbers_that_a_page_gives_exactly_are_taken_exactly() -> None:
    row = '<tr><td>101</td><td>01.10.2026</td><td x:num="50.123456">50,1</td></tr>'
    assert body(sheets(f"<table>{HEAD}{row}</table>")[0])[0][2] == 50.123456


def test_every_table_of_a_page_is_a_sheet_under_its_own_title() -> None:
    table = f"<table>{HEAD}{ROW}</table>"
    page = f"<html><h2>Скважина 101</h2>{table}<h2>Пробы</h2>{table}</html>"
    found = sheets(page)
    assert [sheet.name for sheet in found] == ["report", "report ‹2›"]
    assert [sheet.above for sheet in found] == [(("Скважина 101",),), (("Пробы",),)]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><body><p>Нет данных</p></body></html>", "html_no_table"),
        ("<html><table><tr><td>1</td></tr></table></html>", "html_no_table"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>", "html_archive"),
        ("<table><tr><td>" * 40, "html_too_deep"),
        ("<html>" + "<div>" * 20_000, "html_no_table"),
        ("<table><tr>" + "<td colspan=200 rowspan=5000>x" * 6, "too_many_cells"),
    ],
)
def test_a_page_that_holds_no_table_or_means_harm_is_refused(page: str, code: str) -> None:
    assert refused(page, "report.xls") == code


# ---- Excel 2003 --------------------------------------------------------------------------------------------

WORKBOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Worksheet ss:Name="Замеры"><Table>
  <Row ss:Index="2"><Cell ss:MergeAcross="2"><Data ss:Type="String">Сводка</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">Скважина</Data></Cell><Cell><Data ss:Type="String">Дата</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="String">Рпр, <B>атм</B></Data></Cell></Row>
  <Row><Cell ss:MergeDown="1"><Data ss:Type="String">101</Data></Cell>
   <Cell><Data ss:Type="DateTime">2026-10-01T00:00:00.000</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="Number">50.5</Data></Cell></Row>
  <Row><Cell ss:Index="2"><Data ss:Type="DateTime">2026-10-02T00:00:00.000</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="Error">#N/A</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="Пусто"/>
</Workbook>"""


@pytest.mark.parametrize("name", ["book.xls", "book.xml"])
def test_a_workbook_of_excel_2003_is_read_with_its_types(name: str) -> None:
    (found,) = sheets(WORKBOOK, name, "xml")
    assert (found.name, found.headers) == ("Замеры", ("Скважина", "Дата", "Рпр, атм"))
    assert body(found) == [["101", datetime(2026, 10, 1), 50.5], ["101", datetime(2026, 10, 2), None]]


def test_a_cell_that_says_it_stands_far_away_does_not_take_the_machine() -> None:
    far = WORKBOOK.replace('ss:Index="2"><Cell ss:MergeA', 'ss:Index="99999999"><Cell ss:MergeA')
    assert refused(far) == "too_many_cells"
    wide = WORKBOOK.replace('<Cell ss:Index="4">', '<Cell ss:Index="999999999">')
    assert len(sheets(wide)[0].headers) == 3


# ---- WITSML ------------------------------------------------------------------------------------------------

WITSML_14 = """<?xml version="1.0" encoding="UTF-8"?>
<logs xmlns="http://www.witsml.org/schemas/1series" version="1.4.1.1"><log uid="l1">
 <nameWell>101</nameWell><nameWellbore>101</nameWellbore><name>ESP</name><indexType>date time</indexType>
 <nullValue>-999.25</nullValue>
 <logCurveInfo uid="TIME"><mnemonic>TIME</mnemonic><typeLogData>date time</typeLogData></logCurveInfo>
 <logCurveInfo uid="PIP"><mnemonic>PIP</mnemonic><unit>psi</unit>
  <curveDescription>Intake pressure</curveDescription></logCurveInfo>
 <logCurveInfo uid="TMOT"><mnemonic>TMOT</mnemonic><unit>degF</unit></logCurveInfo>
 <logData><mnemonicList>TIME,PIP,TMOT</mnemonicList><unitList>,psi,degF</unitList>
  <data>2026-10-01T00:00:00.000Z,800,200</data><data>2026-10-01T00:01:00.000Z,801,-999.25</data></logData>
</log></logs>"""
WITSML_13 = """<logs xmlns="http://www.witsml.org/schemas/131" version="1.3.1.1"><log>
 <nameWell>101</nameWell><name>ESP</name>
 <logCurveInfo><mnemonic>PIP</mnemonic><unit>psi</unit><columnIndex>2</columnIndex></logCurveInfo>
 <logCurveInfo><mnemonic>TIME</mnemonic><columnIndex>1</columnIndex></logCurveInfo>
 <logData><data>2026-10-01T00:00:00Z,800</data><data>2026-10-01T00:01:00Z,801</data></logData></log></logs>"""
WITSML_20 = """<Log xmlns="http://www.energistics.org/energyml/data/witsmlv2" schemaVersion="2.0">
 <Citation><Title>ESP</Title></Citation><Wellbore><Title>101</Title></Wellbore>
 <ChannelSet><Index><IndexType>date time</IndexType><Uom></Uom><Mnemonic>TIME</Mnemonic></Index>
  <Channel><Mnemonic>PIP</Mnemonic><Uom>psi</Uom></Channel><Channel><Mnemonic>FREQ</Mnemonic><Uom>Hz</Uom></Channel>
  <Data><Data>[[["2026-10-01T00:00:00Z"],[800,50]],[["2026-10-01T00:01:00Z"],[801,null]]]</Data></Data>
 </ChannelSet></Log>"""


@pytest.mark.parametrize("text", [WITSML_14, WITSML_13, WITSML_20], ids=["1.4", "1.3", "2.0"])
def test_a_witsml_log_is_read_into_the_well_that_it_names(text: str, tmp_path: Path) -> None:
    path = tmp_path / "log.xml"
    path.write_text(text, encoding="utf-8")
    found = read(path)
    assert not found.problems
    assert set(found.by_well) == {"101"}
    pressures = [value for value in found.only.value.tolist() if value > 1e6]
    assert pressures == pytest.approx([800 * 6894.757, 801 * 6894.757], rel=1e-6)


def test_nothing_in_a_witsml_log_is_nothing() -> None:
    assert body(sheets(WITSML_14)[0])[1][2] is None
    assert body(sheets(WITSML_20)[0])[1][2] is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (WITSML_14.replace("801,-999.25", "801"), "las_row"),
        (WITSML_20.replace("[801,null]", "[801]"), "las_row"),
        (WITSML_20.replace("[801,null]]]", "[801"), "xml_missing"),
        ("<logs/>", "file_no_rows"),
        ("<log><logData><data>1,2</data></logData></log>", "xml_missing"),
        ("<trajectorys><trajectory/></trajectorys>", "xml_unknown"),
        ("<?xml version='1.0'?><svg/>", "xml_unknown"),
    ],
)
def test_a_log_that_is_not_whole_or_something_else_is_refused_by_name(text: str, code: str) -> None:
    assert refused(text) == code


# ---- PRODML ------------------------------------------------------------------------------------------------

PRODML = """<productVolumes xmlns="http://www.prodml.org/schemas/1series"><productVolume><name>Daily</name>
 <facility><name kind="field">North</name><flow><kind>production</kind><product><kind>oil</kind>
  <period><kind>day</kind><date>2026-10-01</date>
   <volumeValue><volume uom="m3">75</volume></volumeValue></period>
 </product></flow></facility>
 <facility><name kind="well">101</name>
  <flow><kind>production</kind>
   <product><kind>oil</kind><period><kind>day</kind><date>2026-10-01</date>
    <volumeValue><volume uom="m3">30</volume></volumeValue></period></product>
   <product><kind>water</kind><period><kind>day</kind><date>2026-10-01</date>
    <volumeValue><volume uom="bbl">100</volume></volumeValue></period></product></flow></facility>
 <facility><name kind="well">102</name><flow><kind>injection</kind><product><kind>water</kind>
  <period><kind>day</kind><date>2026-10-01</date>
   <volumeValue><volume uom="m3">45</volume></volumeValue></period>
 </product></flow></facility></productVolume></productVolumes>"""


def _camel(text: str) -> str:
    """As the second series writes it: names begin with a capital."""
    import re

    return re.sub(r"(</?)([a-z])", lambda m: m.group(1) + m.group(2).upper(), text)


@pytest.mark.parametrize("text", [PRODML, _camel(PRODML)], ids=["1", "2"])
def test_daily_production_of_wells_is_read_and_the_fields_sum_is_not(text: str, tmp_path: Path) -> None:
    path = tmp_path / "daily.xml"
    path.write_text(text, encoding="utf-8")
    found = read(path)
    assert [sheet.kind for sheet in found.plan.sheets] == ["production"]
    rows = found.rows[0]
    assert rows.well.tolist() == ["101", "102"]
    assert rows.values["oil_m3"].tolist()[0] == pytest.approx(30)
    assert rows.values["water_m3"].tolist()[0] == pytest.approx(100 * 0.158987295)
    assert rows.values["water_injected_m3"].tolist()[1] == pytest.approx(45)
    assert rows.values["period"].tolist() == ["day", "day"]
    assert not found.problems


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PRODML.replace('kind="well"', 'kind="platform"'), "prodml_nothing"),
        ("<productVolumes/>", "prodml_nothing"),
        (
            PRODML.replace(
                '<name kind="well">102</name><flow><kind>injection',
                '<name kind="well">101</name><flow><kind>production',
            ).replace('uom="m3">45', 'uom="bbl">45'),
            "prodml_twice",
        ),
    ],
)
def test_production_that_is_no_wells_or_said_twice_is_refused(text: str, code: str) -> None:
    assert refused(text) == code


# ---- harm --------------------------------------------------------------------------------------------------

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><logs><log>&b;</log></logs>'
)
FETCH = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><logs><name>&x;</name></logs>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE l SYSTEM "http://127.0.0.1:9/l.dtd"><logs/>'


@pytest.mark.parametrize("text", [LAUGHS, FETCH, OUTSIDE])
@pytest.mark.parametrize("name", ["log.xml", "book.xls"])
def test_entities_are_neither_expanded_nor_fetched(text: str, name: str) -> None:
    assert refused(text, name) == "xml_entities"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<logs>" + "<log>" * 200, "xml_too_deep"),
        ("<logs><log></logs>", "xml_broken"),
        (b"<?xml version='1.0' encoding='no-such'?><logs/>", "xml_broken"),
        ("<logs>\0</logs>", "xml_broken"),
    ],
)
def test_xml_that_is_too_deep_or_broken_says_so(text: bytes | str, code: str) -> None:
    assert refused(text) == code
