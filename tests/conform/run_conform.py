#!/usr/bin/env python3
"""Random conversations of every model: conform, the generated monitor and a third observer give the same answers.

usage: run_conform.py --tool PATH [--seed N] [--walks N]

The third observer is written here, from the meaning of contracts alone: each end is in a set of states, each message
travels in a queue. A walk takes enabled steps; some walks have one event changed, dropped or repeated, some leave out
all events of one end. The monitor is compiled as C99 and C++ by every compiler there is, without a warning, and run.
"""

import argparse
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = ["-Wall", "-Wextra", "-Werror", "-pedantic"]
COMPILERS = [["gcc", "-std=c99", *FLAGS], ["g++", "-x", "c++", "-std=c++11", *FLAGS],
             ["clang", "-std=c99", *FLAGS], ["clang++", "-x", "c++", "-std=c++11", *FLAGS], ["tcc", "-Wall", "-Werror"]]
WORDS = {1: "may not", 2: "has not sent", 3: "is first in its queue"}
PROGRAM = """#include "monitor.h"
#include <stdio.h>
int main(void) {
  struct NAME m;
  unsigned ends, end, action, message, n, at = 0, result = NAME_OK;
  char mark;
  while (scanf(" %c", &mark) == 1) {
    if (mark == 'b') {
      if (scanf("%u", &ends) != 1) return 2;
      NAME_init(&m, ends);
      at = 0;
    } else if (mark == 'e') {
      if (scanf("%u %u %u", &end, &action, &message) != 3) return 2;
      ++at;
      n = NAME_event(&m, end, action, message);
      if (n != NAME_OK && result == NAME_OK) { result = n; printf("%u %u\\n", at, n); }
    } else {
      if (result == NAME_OK) puts("0 0");
      result = NAME_OK;
    }
  }
  (void)NAME_message_name; (void)NAME_state_name;
  return 0;
}
"""


class Contract:
    """States, steps and messages, as `graph` prints them."""

    def __init__(self, tool, path, graph):
        self.path, self.name = path, graph["contract"]
        self.start = next(n["state"] for n in graph["nodes"] if n["start"])
        self.steps = {}
        for edge in graph["edges"]:
            for part in (part for label in edge["labels"] for part in label["parts"]):
                step = part["action"]
                self.steps.setdefault(edge["from"], []).append((step[-1], step[:-1], edge["to"]))
        header = subprocess.run([tool, "monitor", self.name, path], capture_output=True, text=True, check=True).stdout
        self.header = header
        self.prefix = re.search(r"^struct (\w+) \{", header, re.M).group(1)
        self.numbers = {name: int(n) for name, n in re.findall(rf"^  {self.prefix}_msg_(\w+) = (\d+),", header, re.M)}

    def next(self, states, end, action, message):
        """The states after one event, none if it is not allowed. `!` is sent by the exporter."""
        sign = "!" if (end == "exp") == (action == "send") else "?"
        return {to for s in states for d, m, to in self.steps.get(s, []) if m == message and d == sign}

    def events(self, states, end):
        for s in sorted(states):
            for direction, message, _ in self.steps.get(s, []):
                yield end, "send" if (direction == "!") == (end == "exp") else "receive", message


def other(end):
    return "imp" if end == "exp" else "exp"


class Observer:
    """What is wrong first: (number of the event, kind), or (0, 0)."""

    def __init__(self, contract, ends):
        self.contract, self.ends = contract, ends
        self.states = {"exp": {contract.start}, "imp": {contract.start}}
        self.queues = {"exp": [], "imp": []}

    def event(self, end, action, message):
        after = self.contract.next(self.states[end], end, action, message)
        if not after:
            return 1
        both = len(self.ends) == 2
        if action == "send" and both:
            self.queues[other(end)].append(message)
        if action == "receive" and both:
            if not self.queues[end]:
                return 2
            if self.queues[end][0] != message:
                return 3
            self.queues[end].pop(0)
        self.states[end] = after
        return 0

    def judge(self, walk):
        for at, event in enumerate(walk, 1):
            if wrong := self.event(*event):
                return at, wrong
        return 0, 0


def random_walk(contract, rng):
    o, walk = Observer(contract, ("exp", "imp")), []
    for _ in range(rng.randint(3, 60)):
        possible = [e for end in ("exp", "imp") for e in contract.events(o.states[end], end)
                    if e[1] == "send" or (o.queues[end] and o.queues[end][0] == e[2])]
        if not possible:
            break
        event = rng.choice(possible)
        if sum(map(len, o.queues.values())) > 20 and event[1] == "send":
            continue
        o.event(*event)
        walk.append(event)
    return walk


def damaged(contract, walk, rng):
    kind, at = rng.randrange(5), rng.randrange(len(walk)) if walk else 0
    names = sorted(contract.numbers)
    if not walk or kind == 0:
        return walk
    if kind == 1:
        return walk[:at] + walk[at + 1:]
    if kind == 2:
        return walk[:at] + [walk[at]] + walk[at:]
    if kind == 3:
        end, action, _ = walk[at]
        return walk[:at] + [(end, action, rng.choice(names))] + walk[at + 1:]
    event = (rng.choice(["exp", "imp"]), rng.choice(["send", "receive"]), rng.choice(names))
    return walk[:at] + [event] + walk[at:]


def contracts(tool):
    for path in sorted((ROOT / "driver_models").glob("*/*.sg")):
        done = subprocess.run([tool, "graph", "--format", "json", "--no-fold", path], capture_output=True, text=True,
                              check=False)
        for graph in json.loads(done.stdout)["graphs"]:
            yield path, graph


def conform(tool, contract, ends, walk, folder):
    log = folder / "log.jsonl"
    log.write_text("".join(json.dumps({"time": n, "endpoint": e, "message": m, "action": a}) + "\n"
                           for n, (e, a, m) in enumerate(walk)))
    only = "both" if len(ends) == 2 else ends[0]
    done = subprocess.run([tool, "conform", contract.name, log, contract.path, "--only", only], capture_output=True,
                          text=True, check=False)
    if done.returncode == 0:
        return 0, 0
    if done.returncode != 1:
        sys.exit(f"{contract.name}: conform ends with {done.returncode}: {done.stderr}")
    line = int(re.search(r"log\.jsonl:(\d+):1", done.stdout).group(1))
    head = done.stdout.splitlines()[0]
    return line, next((kind for kind, words in WORDS.items() if words in head), 9)


def build(contract, folder, compiler):
    (folder / "monitor.h").write_text(contract.header)
    (folder / "main.c").write_text(PROGRAM.replace("NAME", contract.prefix))
    program = folder / "monitor"
    done = subprocess.run([*compiler, "main.c", "-o", program], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0 or done.stderr.strip():
        sys.exit(f"{contract.name}: {compiler[0]} refuses the monitor: {done.stderr[:600]}")
    return program


def run_monitor(contract, program, jobs):
    text = ""
    for ends, walk in jobs:
        text += f"b {sum({'exp': 1, 'imp': 2}[e] for e in ends)}\n"
        for end, action, message in walk:
            text += f"e {int(end == 'imp')} {int(action == 'receive')} {contract.numbers[message]}\n"
        text += "f\n"
    done = subprocess.run([program], input=text, capture_output=True, text=True, check=True)
    return [tuple(map(int, line.split())) for line in done.stdout.splitlines()]


def jobs_of(contract, rng, count):
    jobs = []
    while len(jobs) < count:
        walk = random_walk(contract, rng)
        ends = rng.choice([("exp", "imp"), ("exp", "imp"), ("exp",), ("imp",)])
        walk = damaged(contract, walk, rng)
        walk = [e for e in walk if e[0] in ends]
        if walk:
            jobs.append((ends, walk))
    return jobs


def check_memory(tool, folder):
    """A log of a quarter of a million events fits into the memory that one of four takes."""
    log, contract = folder / "long.jsonl", ROOT / "tests/cli/conform/files/lamp.sg"
    with log.open("w") as file:
        lines = [json.dumps({"endpoint": e, "message": m}) + "\n"
                 for e, m in (("imp", "Switch"), ("exp", "Switch"), ("exp", "On"), ("imp", "On"))]
        file.write("".join(lines) * 65536)
    limit = 200 << 20
    done = subprocess.run([tool, "conform", contract, log], capture_output=True, text=True, check=False,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    if done.returncode != 0 or "262144 events" not in done.stdout:
        sys.exit(f"a long log: exit code {done.returncode}: {done.stdout}{done.stderr}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", required=True, type=lambda text: str(Path(text).resolve()))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--walks", type=int, default=5, help="logs of each contract")
    options = parser.parse_args()
    rng, tried, illegal = random.Random(options.seed), 0, set()
    compilers = [c for c in COMPILERS if shutil.which(c[0])]
    for c in COMPILERS:
        if c not in compilers:
            print(f"skipped: there is no {c[0]}")
    with tempfile.TemporaryDirectory(prefix="conform-") as temporary:
        check_memory(options.tool, Path(temporary))
        for number, (path, graph) in enumerate(contracts(options.tool)):
            contract, folder = Contract(options.tool, path, graph), Path(temporary)
            jobs = jobs_of(contract, rng, 40)
            expected = [Observer(contract, ends).judge(walk) for ends, walk in jobs]
            for compiler in compilers if number % 8 == 0 else [compilers[number % len(compilers)]]:
                now = run_monitor(contract, build(contract, folder, compiler), jobs)
                if now != expected:
                    sys.exit(f"{contract.name}: the monitor ({compiler[0]}) says {now}, not {expected}")
            for (ends, walk), wanted in list(zip(jobs, expected, strict=True))[:options.walks]:
                if (now := conform(options.tool, contract, ends, walk, folder)) != wanted:
                    sys.exit(f"{contract.name}: conform says {now}, not {wanted}, of {ends} {walk}")
            tried += len(jobs)
            illegal |= {kind for _, kind in expected}
    if illegal != {0, 1, 2, 3}:
        sys.exit(f"the walks show the answers {sorted(illegal)} only")
    print(f"{tried} logs, the same answers")


if __name__ == "__main__":
    main()
