#!/usr/bin/env python3
"""Checks that includes follow the arrows between layers and that each outside thing stays in its place."""
import re
import sys
from pathlib import Path

# Formats that are functions of a report's document.
DOCUMENT_FORMATS = ["github", "gitlab", "itf", "junit", "markdown", "sarif", "tap", "trace"]

# Folder: the folders it may include, with all that those may include.
MAY_INCLUDE = {
    "frontend/base": [],
    "frontend/source": ["frontend/base"],
    "frontend/diagnostics": ["frontend/source"],
    "frontend/syntax": ["frontend/diagnostics"],
    "frontend/format": ["frontend/syntax"],
    "frontend/ir": ["frontend/diagnostics"],
    "frontend/exec": ["frontend/ir"],
    "frontend/compat": ["frontend/exec"],
    "frontend/explore": ["frontend/exec"],
    "frontend/observe": ["frontend/ir"],
    "frontend/sema": ["frontend/syntax", "frontend/ir"],
    "frontend/claims": ["frontend/syntax", "frontend/exec"],
    "frontend/carrier": ["frontend/diagnostics"],
    "frontend/annotation": ["frontend/syntax", "frontend/carrier"],
    "frontend/wiring": ["frontend/annotation", "frontend/sema", "frontend/exec"],
    "frontend/project": ["frontend/wiring", "frontend/carrier", "frontend/claims"],
    "frontend/repair": ["frontend/syntax", "frontend/ir"],
    "promela/model": ["frontend/ir"],
    "promela/lower": ["promela/model", "frontend/ir"],
    "promela/print": ["promela/model", "promela/prelude"],
    "promela/prelude": [],
    "promela/systems": ["promela/print", "promela/prelude", "frontend/ir"],
    "promela/spin": ["frontend/base"],
    "promela/mapback": ["frontend/exec", "frontend/claims", "frontend/ir", "promela/print", "promela/spin"],
    "promela/verify": ["promela/lower", "promela/print", "promela/spin", "promela/mapback", "frontend/exec"],
    "promela/verify_systems": ["frontend/explore", "promela/systems", "promela/spin", "promela/verify"],
    "reports/report": ["frontend/diagnostics", "frontend/exec", "frontend/explore", "frontend/ir"],
    "reports/graph": ["frontend/ir"],
    "reports/document": ["frontend/diagnostics"],
    "reports/formats/json": ["reports/report", "reports/graph", "reports/document"],
    "reports/formats/terminal": ["reports/report", "reports/graph", "reports/story"],
    "reports/formats/drawing": ["reports/graph"],
    "reports/formats/monitor": ["frontend/observe"],
    **{f"reports/formats/{name}": ["reports/document"] for name in DOCUMENT_FORMATS},
    "reports/story": ["reports/report"],
    "reports/formats/html": ["reports/report", "reports/graph", "reports/story"],
    "reports/replay/engine": ["reports/report", "reports/story", "reports/formats/terminal", "frontend/project"],
    "reports/replay/lines": ["reports/replay/engine", "reports/formats/json"],
    "reports/replay/screen": ["reports/replay/lines"],
    "reports/ui": ["reports/replay/screen"],
    "reports/lsp": ["frontend/project", "frontend/format", "frontend/exec"],
}
MAY_INCLUDE["reports/cli"] = list(MAY_INCLUDE)  # cli joins the phases: everything

# The interpreter is the referee of the emitter, so neither may ever reach the other.
NEVER = [("frontend/exec", "promela/lower"), ("promela/lower", "frontend/exec"),
         ("frontend/explore", "promela/systems"), ("promela/systems", "frontend/explore")]

# Pattern in the code, and where it may stand.
OUTSIDE = ["frontend/source/loader.cpp", "frontend/source/rewrite.cpp", "frontend/project/", "promela/spin/", "reports/cli/",
           "reports/ui/", "reports/lsp/workspace."]
PLACES = [
    (r"\b[io]?fstream\b", OUTSIDE),
    (r"\bspawn\.h\b|\bposix_spawn\w*", OUTSIDE),
    (r"\b(secure_)?getenv\b", OUTSIDE),
    (r"\bfilesystem\b", OUTSIDE),
    (r"\bnlohmann\b", ["reports/formats/json/", "reports/document/", "reports/lsp/",
                       *(f"reports/formats/{name}/" for name in DOCUMENT_FORMATS)]),
    (r"\bpugixml\b", ["frontend/project/"]),
    (r"\bCLI/CLI\.hpp\b", ["reports/cli/"]),
    (r"\btoml\+\+/", ["frontend/project/"]),
    (r"<iostream>", ["reports/cli/"]),
    (r"<curses.h>", ["reports/ui/"]),
    (r"<regex>", []),
]


def reachable(layer, seen=None):
    """The layer itself and all it may include."""
    seen = set() if seen is None else seen
    if layer not in seen:
        seen.add(layer)
        for other in MAY_INCLUDE[layer]:
            reachable(other, seen)
    return seen


def layer_of(path):
    return next((layer for layer in MAY_INCLUDE if path.startswith(layer + "/")), None)


def generated_headers(root):
    """Headers that CMake makes from a file of the tree belong to the layer of that file."""
    calls = re.findall(r"singspin_(?:embed|fingerprint)\((\S+)\s+(\S+)", (root / "CMakeLists.txt").read_text())
    return {header: source for source, header in calls}


def included_path(root, path, name, generated):
    """The file of the tree that `#include "name"` in path means, or None."""
    beside = path.parent / name
    if beside.is_file():
        return beside.resolve().relative_to(root).as_posix()
    return name if (root / name).is_file() else generated.get(name)


def check_include(root, path, name, generated):
    layer = layer_of(path.relative_to(root).as_posix())
    target = included_path(root, path, name, generated)
    other = layer_of(target) if target else None
    if other is None:
        return f'"{name}" belongs to no layer'
    if other not in reachable(layer):
        return f"{layer} may not include {other}"
    return None


def offences(root, path, generated):
    where = path.relative_to(root).as_posix()
    if layer_of(where) is None:
        yield f"{where}:1: belongs to no layer; add its folder to the table of check_layers.py"
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        include = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
        if include and (wrong := check_include(root, path, include[1], generated)):
            yield f"{where}:{number}: {wrong}"
        code = line if line.lstrip().startswith("#") else re.sub(r'"(\\.|[^"\\])*"', '""', line)
        code = code.split("//")[0]
        for pattern, places in PLACES:
            if re.search(pattern, code) and not where.startswith(tuple(places)):
                yield f"{where}:{number}: `{re.search(pattern, code)[0]}` may stand only in {', '.join(places) or 'no file'}"


def main():
    root = Path(__file__).resolve().parent.parent
    wrong = [f"scripts/check_layers.py: the table lets {a} reach {b}" for a, b in NEVER if a in MAY_INCLUDE and b in reachable(a)]
    generated = generated_headers(root)
    sources = [path for top in ("frontend", "promela", "reports") for path in sorted((root / top).rglob("*.[hc]*"))]
    if not sources:
        wrong.append("frontend, promela, reports: no sources found")
    for path in (path for path in sources if path.suffix in (".h", ".cpp")):
        wrong += offences(root, path, generated)
    print("\n".join(wrong) if wrong else "layers: every include follows the arrows")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
