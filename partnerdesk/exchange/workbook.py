"""Writes a workbook in memory alone: openpyxl by itself puts every sheet into a passing file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

Cell = str | int | float | None
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return an .xlsx file with these sheets: name, columns, which stay in sight, and rows."""
    from openpyxl import Workbook
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class InMemory(ExcelWriter):  # type: ignore[misc]  # an untyped library
        """Takes each sheet from memory into the archive."""

        def write_worksheet(self, ws: WorksheetWriter) -> None:
            ws.close()
            writer = ws._writer
            ws._rels = writer._rels
            self._archive.writestr(ws.path[1:], writer.out.getvalue())
            self.manifest.append(ws)

    book, made = Workbook(write_only=True), io.BytesIO()
    for name, columns, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        sheet._writer = WorksheetWriter(sheet, io.BytesIO())
        sheet._writer.write_top()
        sheet.append(list(columns))
        for row in rows:
            sheet.append(list(row))
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        InMemory(book, archive).save()
    return made.getvalue()
