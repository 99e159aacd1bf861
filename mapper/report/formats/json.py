"""alignment.json, from which every other format can be made."""

from mapper.report.formats.interface import Format
from mapper.report.json import dump

FORMAT = Format("json", "alignment.json", lambda alignment: dump(alignment).encode())
