#!/usr/bin/env python3
"""Opens HTML reports in Chromium: stepping, hostile texts, small screens, accessibility, long runs; checks the markup.

Exit code 77 means: skipped, since something is not installed; the output says what.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent))
import npm  # noqa: E402

REPORTS = ROOT / "tests/golden/report"
CONTRACTS = {"spooler": "spooler", "mixed": "mixed", "orphan": "orphan", "unbounded": "unbounded", "proved": "ticket", "many": "eleven",
             "system": "spooler-system"}
HOSTILE = ("contract Lamp {\n    // </script><script>hacked=1</script> <img src=x onerror=hacked=1> \u2028 \x1b[31m \u202e -->\n"
           "    in message On();  out message Done();\n    state Idle: On? -> Done! -> Idle;\n}\n")


def verify(tool, folder, name, paths):
    """The page and the first trace of a verification."""
    where = folder / name
    done = subprocess.run([tool, "verify", *paths, "-qq", "--progress", "never", "--state-dir", where, "-o", f"html={where}.html"], cwd=folder,
                          env={**os.environ, "SOURCE_DATE_EPOCH": "0"}, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode not in (0, 1, 2, 3):
        sys.exit(f"verify {name}: exit code {done.returncode}\n{done.stderr}")
    page = where.with_name(f"{name}.html")
    data = page.read_text().split('id="data">', 1)[1].split("</script>", 1)[0]
    runs = json.loads(data)["runs"]
    return str(page), str(where / "last" / f"{runs[0]['id']}.trace.json") if runs else None


def make(program, folder, name, *words):
    page = folder / f"{name}.html"
    with open(page, "wb") as out:
        subprocess.run([program, *words], stdout=out, check=True, timeout=60)
    return str(page)


def prepare(options, folder):
    pages, traces = {}, {}
    for name, case in CONTRACTS.items():
        inputs = [path for path in sorted((REPORTS / case).iterdir()) if path.is_dir()]
        shutil.copytree(REPORTS / case, folder / f"in-{name}")
        pages[name], traces[name] = verify(options.tool, folder, name, [f"in-{name}/{path.name}" for path in inputs])
    hostile = folder / "<img src=x onerror=hacked=1>"
    hostile.mkdir()
    (hostile / "lamp.sg").write_text(HOSTILE)
    pages["hostile-source"], _ = verify(options.tool, folder, "hostile-source", [hostile.name])
    pages["hostile"] = make(options.maker, folder, "hostile", "hostile")
    pages["long"] = make(options.maker, folder, "long", "long", "20000")
    pages["longer"] = make(options.maker, folder, "longer", "long", "50000")
    return pages, traces


def validate(modules, pages):
    """The markup is HTML as it is written down."""
    names = [pages[name] for name in ("spooler", "system", "hostile", "hostile-source", "many")]
    return subprocess.run(["node", modules / "html-validate/bin/html-validate.mjs", "--config", HERE / "html-validate.json", *names],
                          check=False).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", type=lambda text: Path(text).resolve(), default=ROOT / "build/bin/singspin")
    parser.add_argument("--maker", type=lambda text: Path(text).resolve(), required=True, help="the program make_page")
    parser.add_argument("--modules", type=lambda text: Path(text).resolve(), default=ROOT / "build/html")
    parser.add_argument("--only", help="tests whose names hold this text")
    options = parser.parse_args()
    chromium = npm.need("chromium", "chromium", "--html")
    modules = npm.modules(HERE, options.modules, "--html")
    with tempfile.TemporaryDirectory(prefix="html-") as temporary:
        pages, traces = prepare(options, Path(temporary))
        given = {"modules": str(modules), "chromium": chromium, "pages": pages, "traces": traces, "only": options.only}
        code = subprocess.run(["node", HERE / "page.mjs"], input=json.dumps(given), text=True, check=False).returncode
        return validate(modules, pages) or code


if __name__ == "__main__":
    sys.exit(main())
