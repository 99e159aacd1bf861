"""The page: matrix.html."""

from mapper.report.formats.interface import Format
from mapper.report.html import render_html

FORMAT = Format("html", "matrix.html", lambda alignment: render_html(alignment).encode())
