"""The formats of a report, one file each behind one interface: an alignment in, the bytes of a file out."""

from mapper.report.formats import (
    annotations,
    csv,
    docx,
    html,
    json,
    jsonl,
    oscal,
    parquet,
    schema,
    sheets,
    xlsx,
)
from mapper.report.formats.interface import Format

__all__ = ["FORMATS", "Format"]

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        json.FORMAT,
        html.FORMAT,
        xlsx.FORMAT,
        docx.FORMAT,
        *sheets.FORMATS,
        *csv.FORMATS,
        *jsonl.FORMATS,
        *parquet.FORMATS,
        annotations.FORMAT,
        oscal.FORMAT,
        schema.FORMAT,
    )
}
"""Every format by its name, in the order in which they are listed."""
