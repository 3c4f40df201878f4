#!/usr/bin/env python3
"""The full screen of replay in a real terminal: tmux on a socket of its own. Exit code 77: skipped.

Waits for what has to appear and never for a time; a picture that does not come within the limit is a failure.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRACE = ROOT / "tests/fuzz/seeds/trace/SpoolerContract.deadlock-free.trace.json"
LIMIT_SECONDS = 60  # a hang, not a slow machine


class Pane:
    def __init__(self, folder, tool, variables):
        self.socket = str(folder / "socket")
        self.log = folder / "log"
        setting = " ".join(f"{name}={value}" for name, value in variables.items())
        command = (f"env {setting} {tool} replay --root {folder} {TRACE} 2>{self.log}; echo exit $?; "
                   "stty -a | tr ';' '\\n' | tr ' ' '\\n' | grep -xe echo -e -echo; exec sleep 1000")
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "15", command)

    def tmux(self, *words):
        return subprocess.run(["tmux", "-S", self.socket, *words], capture_output=True, text=True, check=False).stdout

    def keys(self, *keys):
        self.tmux("send-keys", *keys)

    def wait(self, *texts, absent=()):
        deadline = time.monotonic() + LIMIT_SECONDS
        while True:
            seen = self.tmux("capture-pane", "-p")
            if all(t in seen for t in texts) and not any(t in seen for t in absent):
                return seen
            if time.monotonic() > deadline:
                raise SystemExit(f"never seen: {texts}, without {absent}\n{seen}\n{self.log.read_text()}")
            time.sleep(0.05)

    # The terminal is as before: what is typed would be seen again.
    def wait_for_end(self, code):
        self.wait(f"exit {code}", "\necho", absent=["-echo", "STATE"])

    def child(self):
        shell = self.tmux("list-panes", "-F", "#{pane_pid}").strip()
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", shell], capture_output=True, text=True, check=True)
        return listed.stdout.split()[0]

    def close(self):
        self.tmux("kill-server")


def steps_and_search(pane):
    pane.wait("step 0 of 8", "STATE", "QUEUES", "SOURCE")
    pane.keys("n")
    pane.wait("step 1 of 8", "◄────────Ready──●")
    pane.keys("G")
    seen = pane.wait("step 8 of 8", "the exporter sends Finished; deadlock", "[Finished]")
    expected = (ROOT / "tests/unit/replay_screen/contract-100x15.txt").read_text(encoding="utf-8")
    if [line.rstrip() for line in seen.splitlines()] != expected.splitlines():
        raise SystemExit(f"not the picture of the unit test\n{seen}")
    pane.keys("w")
    pane.wait("importer needs Stopped, but Finished is first in its queue")
    pane.keys("Escape")
    pane.wait("STATE")
    pane.keys("g")
    pane.wait("step 0 of 8")
    pane.keys("/")
    pane.wait("find")
    pane.keys("stop", "Enter")
    pane.wait("step 7 of 8")
    pane.keys("q")
    pane.wait_for_end(0)


def resizes(pane):
    pane.wait("step 0 of 8")
    pane.keys("G")
    pane.wait("step 8 of 8")
    for width, height in [(50, 12), (20, 3), (10, 2), (200, 50), (80, 24), (49, 30), (100, 15)] * 3:
        pane.tmux("resize-window", "-x", str(width), "-y", str(height))
    pane.wait("step 8 of 8", "STATE", "SOURCE")
    pane.tmux("resize-window", "-x", "40", "-y", "8")
    pane.wait("needs 50x12, has 40x8", "step 8/8")
    pane.tmux("resize-window", "-x", "80", "-y", "24")
    pane.wait("STATE", "> 8")
    pane.keys("q")
    pane.wait_for_end(0)


def ascii_only(pane):
    pane.wait("step 0 of 8")
    pane.keys("G")
    seen = pane.wait("step 8 of 8", "*-Stop---------->", "<-----Finished--*")
    if not seen.isascii():
        raise SystemExit(f"not ASCII\n{seen}")
    pane.keys("q")
    pane.wait_for_end(0)


def dumb(pane):
    pane.wait("(0/8)")
    pane.keys("last", "Enter")
    pane.wait("step 8/8  exporter sends Finished", "(8/8)")
    pane.keys("nonsense", "Enter")
    pane.wait("(8/8) nonsense")
    pane.keys("quit", "Enter")
    pane.wait("bye", "exit 2")


def terminated(pane):
    pane.wait("step 0 of 8")
    subprocess.run(["kill", "-TERM", pane.child()], check=True)
    pane.wait_for_end(143)


def interrupted(pane):
    pane.wait("step 0 of 8")
    pane.keys("C-c")
    pane.wait_for_end(130)


UTF8 = {"LC_ALL": "C.UTF-8"}
RUNS = [(steps_and_search, UTF8), (resizes, UTF8), (ascii_only, {"LC_ALL": "C"}), (dumb, {"TERM": "dumb", **UTF8}),
        (terminated, UTF8), (interrupted, UTF8)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", required=True, type=lambda text: Path(text).resolve())
    options = parser.parse_args()
    if shutil.which("tmux") is None:
        print("skipped: tmux is missing")
        return 77
    os.environ.pop("TMUX", None)
    os.environ["LC_ALL"] = "C.UTF-8"
    probe = subprocess.run([options.tool, "replay", "--ui", "screen", TRACE], capture_output=True, text=True, check=False,
                           stdin=subprocess.DEVNULL, env={**os.environ, "TERM": "none-such"})
    if "ncurses was missing" in probe.stderr:
        print("skipped: this build has no ncurses")
        return 77
    for run, variables in RUNS:
        with tempfile.TemporaryDirectory(prefix="singspin-tmux-") as folder:
            pane = Pane(Path(folder), options.tool, variables)
            try:
                run(pane)
            finally:
                pane.close()
        print(f"passed: {run.__name__}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
