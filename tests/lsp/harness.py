"""Runs the functions `test_*` of a module against the program; each gets a fresh folder and a way to start clients."""
import argparse
import sys
import tempfile
import traceback
from pathlib import Path

from client import Client

ROOT = Path(__file__).resolve().parents[2]


class World:
    """What a test works with: a folder, and clients that are ended with it."""
    def __init__(self, tool, folder):
        self.tool, self.folder, self.clients = tool, Path(folder), []

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def client(self, **how):
        client = Client(self.tool, **{"folder": self.folder, **how})
        self.clients.append(client)
        return client


def place(text, mark, nth=0, inside=0):
    """Line and UTF-16 column of the nth occurrence of `mark`, moved `inside` characters on."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(mark, at + 1)
    at += inside
    line_start = text.rfind("\n", 0, at) + 1
    return text.count("\n", 0, at), len(text[line_start:at].encode("utf-16-le")) // 2


def edited(text, edits):
    """`text` with the edits of a server applied."""
    lines = text.splitlines(keepends=True)

    def offset(position):
        before = "".join(lines[:position["line"]])
        line = lines[position["line"]] if position["line"] < len(lines) else ""
        return len(before) + len(line.encode("utf-16-le")[:2 * position["character"]].decode("utf-16-le"))
    for edit in sorted(edits, key=lambda e: (e["range"]["start"]["line"], e["range"]["start"]["character"]), reverse=True):
        text = text[:offset(edit["range"]["start"])] + edit["newText"] + text[offset(edit["range"]["end"]):]
    return text


def main(tests):
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True, type=lambda text: Path(text).resolve())
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    chosen = {name: test for name, test in tests.items()
              if name.startswith("test_") and (not options.names or name in options.names)}
    if not chosen:
        sys.exit("no test of that name")
    failed = []
    for name, test in chosen.items():
        with tempfile.TemporaryDirectory(prefix="singspin-lsp-") as folder:
            world = World(options.tool, folder)
            try:
                test(world)
                print(f"ok    {name}", flush=True)
            except Exception:
                failed.append(name)
                print(f"FAIL  {name}", flush=True)
                traceback.print_exc(file=sys.stdout)
            finally:
                for client in world.clients:
                    client.kill()
    print(f"{len(chosen) - len(failed)} passed, {len(failed)} failed")
    sys.exit(1 if failed else 0)
