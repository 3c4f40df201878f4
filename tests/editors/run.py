#!/usr/bin/env python3
"""Tests with the tools of editors: the client library of VS Code, its grammar tool, Neovim.

Exit code 77 means: skipped, since something is not installed; the output says what.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXTENSION = ROOT / "reports/editors/vscode"
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent))
import npm  # noqa: E402


def test_session(options):
    """The client library of VS Code drives the server."""
    where = npm.modules(HERE, options.modules, "--editors")
    return subprocess.run(["node", HERE / "session.js", options.tool], env={**os.environ, "NODE_PATH": str(where)}).returncode


def test_grammar(options):
    """The scopes of every token of grammar/*.sg are those of the snapshots."""
    where = npm.modules(HERE, options.modules, "--editors")
    update = ["-u"] if options.update else []
    cases = sorted((HERE / "grammar").glob("*.sg"))
    missing = [case.name for case in cases if not case.with_name(case.name + ".snap").exists()]
    if not cases or (missing and not options.update):
        print(f"no snapshot of {', '.join(missing) or 'any case'}; `tests/editors/run.py grammar --update` writes it")
        return 1
    return subprocess.run([where / ".bin/vscode-tmgrammar-snap", "--config", EXTENSION / "package.json", "-s", "source.singsharp",
                           *update, *cases], cwd=EXTENSION).returncode


def test_extension(options):
    """What the extension names exists, and its JavaScript is read by node."""
    npm.need("node", "nodejs", "--editors")
    package = json.loads((EXTENSION / "package.json").read_text())
    named = [package["main"], *(language["configuration"] for language in package["contributes"]["languages"]),
             *(grammar["path"] for grammar in package["contributes"]["grammars"])]
    absent = [name for name in named if not (EXTENSION / name).is_file()]
    for name in named:
        if name.endswith(".json") and name not in absent:
            json.loads((EXTENSION / name).read_text())
    if absent:
        print(f"package.json names what is not there: {', '.join(absent)}")
        return 1
    return subprocess.run(["node", "--check", EXTENSION / package["main"]]).returncode


def test_neovim(options):
    """Neovim, set up as its notes say, attaches to the server and shows what it found."""
    npm.need("nvim", "neovim", "--editors")
    with tempfile.TemporaryDirectory(prefix="singspin-nvim-") as folder:
        folder = Path(folder)
        (folder / "bin").mkdir()
        (folder / "bin/singspin").symlink_to(options.tool)
        (folder / "gate.sg").write_text("contract Gate { in message Open(); state Shut: Open? -> Sut; }\n")
        environment = {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "XDG_CONFIG_HOME": str(folder), "HOME": str(folder),
                       "XDG_DATA_HOME": str(folder), "XDG_STATE_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
        done = subprocess.run(["nvim", "--headless", "-u", ROOT / "reports/editors/neovim/singspin.lua", folder / "gate.sg",
                               "-c", f"luafile {HERE / 'neovim.lua'}"],
                              env=environment, cwd=folder, capture_output=True, text=True, timeout=60)
        print(done.stdout + done.stderr)
        return done.returncode


def main():
    tests = {"session": test_session, "grammar": test_grammar, "extension": test_extension, "neovim": test_neovim}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("test", choices=tests)
    parser.add_argument("--tool", type=lambda text: Path(text).resolve(), default=ROOT / "build/bin/singspin")
    parser.add_argument("--modules", type=lambda text: Path(text).resolve(), default=ROOT / "build/editors")
    parser.add_argument("--update", action="store_true", help="accept the scopes as they are now; read the diff")
    options = parser.parse_args()
    sys.exit(tests[options.test](options))


if __name__ == "__main__":
    main()
