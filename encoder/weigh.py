"""Weigh anew what the packaged encoder says, as is due when the learned reader was taught anew: python encoder/weigh.py [--labelled FILE].

The documents of the folds HELD are read by it and by learned readers that never saw them; the settings get the weights of
score and grade and the lines that follow, and nothing else changes. Needs the extras learn and encoder; some ten minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.encoder import HELD
from mapper.catalog.load import load_catalog
from mapper.learn.course import fold_alone, weigh
from mapper.learn.material import Material, gather, read_sets
from mapper.matchers import encoder as reader
from mapper.shipped import folder

PACKAGE = Path(__file__).resolve().parent / reader.PACKAGE


def weighed(material: Material) -> dict[str, Any]:
    """What weighs the packaged encoder, which must not have seen the folds HELD."""
    encoder = reader.load(PACKAGE)
    assert isinstance(encoder, reader.Encoder), encoder
    return weigh(material, {fold: fold_alone(material, fold, encoder)[1] for fold in HELD})


def main() -> int:
    """Weigh, and write the settings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, default=Path("benchmarks/labelled.yaml"))
    asked = parser.parse_args()
    catalog, _ = load_catalog(folder("policies"))
    assert catalog is not None
    weighing = weighed(gather(catalog, read_sets(asked.labelled)))
    path = PACKAGE / reader.SETTINGS
    settings = json.loads(path.read_text(encoding="utf-8"))
    said = json.dumps(reader.sealed({**settings, "weighing": weighing}), ensure_ascii=False, sort_keys=True)
    path.write_text(said + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
