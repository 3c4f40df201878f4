#!/usr/bin/env python3
"""The licences of what is compiled into singspin: licences.py ROOT FILE PACKAGE...

Its own, those of files in the tree, and of each Debian package the text that Debian ships with it.
"""
import sys
from pathlib import Path


def main():
    root, target, packages = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    parts = [("singspin", root / "LICENSE")]
    parts += [(p.parent.name + "/" + p.name, p) for p in sorted((root / "reports").rglob("LICEN[CS]E*"))]
    for package in packages:
        path = Path("/usr/share/doc") / package / "copyright"
        if path.is_file():
            parts.append((package, path))
        else:
            print(f"licences.py: {path} is missing; the text says where to find it", file=sys.stderr)
            parts.append((package, None))
    with target.open("w", encoding="utf-8") as out:
        for name, path in parts:
            text = path.read_text(encoding="utf-8", errors="replace") if path else f"See the Debian package {name}.\n"
            out.write(f"{'=' * 78}\n{name}\n{'=' * 78}\n\n{text.rstrip()}\n\n")


if __name__ == "__main__":
    main()
