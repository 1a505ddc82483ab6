"""The adapters that cost nothing, from where benchmarks have them: their folder is no package of the tests."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

PLACE = Path(__file__).parents[2] / "benchmarks" / "instant.py"
NAME = "instant_adapters"

_found = spec_from_file_location(NAME, PLACE)
assert _found
assert _found.loader
_instant: Any = module_from_spec(_found)
sys.modules[NAME] = _instant  # its dataclasses look themselves up
_found.loader.exec_module(_instant)

ROOMS, Cutter, Fine = _instant.ROOMS, _instant.Cutter, _instant.Fine
