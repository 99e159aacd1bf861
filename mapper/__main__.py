"""``python -m mapper`` is the command ``mapper``."""

import sys

from mapper.cli import main

sys.exit(main())
