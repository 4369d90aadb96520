import io

import pytest

from hunar.kernel.tables import (
    MAX_BYTES,
    MissingColumns,
    TableTooLarge,
    UnreadableTable,
    read_table,
    write_xlsx,
)

COLUMNS = {
    "number": ("Personnel number", "Işgär belgisi", "Табельный номер"),
    "family": ("Family name", "Familiýasy", "Фамилия"),
}


def table(content: bytes):
    return read_table(io.BytesIO(content), columns=COLUMNS, required=["number"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_utf8_is_read_whatever_the_delimiter(delimiter: str):
    lines = [f"Işgär belgisi{delimiter}Familiýasy", f"0012345{delimiter}Öwezow", ""]
    read = table("\r\n".join(lines).encode("utf-8-sig"))
    assert read.rows[0].cells == {"number": "0012345", "family": "Öwezow"}
    assert read.rows[0].number == 2


def test_csv_in_cp1251_is_read_and_named():
    read = table("Табельный номер;Фамилия\n0012345;Оразов\n".encode("cp1251"))
    assert read.encoding == "cp1251"
    assert read.rows[0].cells["family"] == "Оразов"


def test_rows_keep_their_number_in_the_file_across_blank_lines():
    read = table(b"Personnel number\n\n\n7\n")
    assert read.rows[0].number == 4


def test_xlsx_round_trip_keeps_leading_zeros_and_never_makes_formulas():
    content = write_xlsx(["Personnel number", "Family name"], [["0012345", "=1+1"]])
    read = table(content)
    assert read.rows[0].cells == {"number": "0012345", "family": "=1+1"}


def test_a_missing_column_is_named():
    with pytest.raises(MissingColumns, match="Personnel number"):
        table(b"Family name\nOrazow\n")


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"PK\x03\x04broken", b"\x98\x00"])
def test_what_is_no_table_is_refused(content: bytes):
    with pytest.raises((UnreadableTable, MissingColumns)):
        table(content)


def test_an_empty_file_names_the_columns_it_should_have():
    with pytest.raises(MissingColumns):
        table(b"")


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(TableTooLarge):
        table(b"Personnel number\n" + b"7\n" * (MAX_BYTES // 2))


def test_unknown_columns_are_told():
    assert table(b"Personnel number,Shoe size\n1,44\n").unknown_columns == ["Shoe size"]
