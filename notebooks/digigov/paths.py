"""Where things lie: the one place that knows."""

from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parent.parent
PROJECT = NOTEBOOKS.parent
DATA = PROJECT / "data"
INDEX = NOTEBOOKS / "index.yaml"
