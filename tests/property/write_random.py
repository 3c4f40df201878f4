#!/usr/bin/env python3
"""write_random.py FOLDER COUNT: writes COUNT files of random contracts, the same in every run."""
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "referee"))
import generate  # noqa: E402

folder, count = Path(sys.argv[1]), int(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
for number in range(count):
    (folder / f"{number}.sg").write_text(generate.text(generate.file("property", number)))
