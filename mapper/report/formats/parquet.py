"""Evidence, cells and decisions as Parquet, with the types of their fields; needs the extra ``parquet``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO

from mapper.model import Alignment
from mapper.report.formats.interface import Format, needed
from mapper.report.tables import TABLES, Records

EXTRA = "parquet"


def render(records: Callable[[Alignment], Records], alignment: Alignment) -> bytes:
    """The records as one table."""
    arrow = needed("pyarrow", EXTRA)
    made = records(alignment)
    types = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
    schema = arrow.schema([(field, types[kind]) for field, kind in made.fields.items()])
    columns = list(zip(*made.rows, strict=True)) or [() for _ in made.fields]
    arrays = [arrow.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    out = BytesIO()
    needed("pyarrow.parquet", EXTRA).write_table(arrow.Table.from_arrays(arrays, schema=schema), out)
    return out.getvalue()


FORMATS = tuple(
    Format(
        "parquet" if name == "evidence" else f"{name}-parquet", f"{name}.parquet", partial(render, records), extra=EXTRA
    )
    for name, records in TABLES.items()
)
