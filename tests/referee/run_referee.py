#!/usr/bin/env python3
"""Verifies random contracts with the tool and compares every answer with the reference explorer.

    run_referee.py --tool build/bin/singspin --count 500 --seed 7
    run_referee.py --tool build/bin/singspin --seed 7 --only 123    # one contract again, with its text
    run_referee.py --tool build/bin/singspin --referee --count 2000 --seed random

Compared for each contract, entry and reading: the folded machine, the verdict of every property, configurations, steps,
the longest queue, the length of each counterexample, the notes about behaviour; and each counterexample is executed
again, step by step, in the reference. With --referee the tool compares its own explorer with four searches by SPIN on
top of it. A mismatch is printed with its contract, made as small as possible.
"""
import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import support  # noqa: E402
import generate  # noqa: E402
import reference  # noqa: E402

FAULTS_OF = {
    "deadlock-free": ("stuck",),
    "no-unexpected-message": ("unspecified-reception",),
    "no-orphan-message": ("orphan-message", "final-with-pending"),
}
THEOREMS = {"autonomous-deterministic", "equal-choices", "takes-turns", "synchronizable-deterministic"}
NOTES = ("not-half-duplex", "not-synchronizable", "head-not-receivable", "bound-unknown", "nondeterministic-choice",
         "mixed-choice")
RANK = {"proved": 0, "skipped": 2, "inconclusive": 3, "violated": 4, "error": 5}
BATCH = 50
BATCH_SECONDS = 600
SHRINK_RUNS = 400


class ToolFailed(Exception):
    """No report to compare: a crash, a hang, or something that is not JSON."""


def run_tool(tool, folder, texts, extra=()):
    """The report of one run over `texts`, a dictionary from file name to text."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "in").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    command = [str(tool), "verify", "--json", "--deterministic", "--state-dir", str(folder / "state"), *extra, "in"]
    process = subprocess.Popen(command, cwd=folder, env=support.environment(folder, tool), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    try:
        out, err = process.communicate(timeout=BATCH_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate()
        raise ToolFailed(f"no end after {BATCH_SECONDS} s") from None
    if process.returncode not in (0, 1, 2, 3, 4):
        raise ToolFailed(f"exit status {process.returncode}: {err.decode(errors='replace')[-2000:]}")
    try:
        return json.loads(out)
    except ValueError:
        raise ToolFailed(f"exit status {process.returncode}, no JSON: {err.decode(errors='replace')[-2000:]}") from None


class Comparison:
    """One contract of a report against the reference; `mismatches` holds pairs of kind and words."""

    def __init__(self, subject, reported, report, limit):
        self.subject, self.reported, self.report, self.limit = subject, reported, report, limit
        self.machine = subject.machine
        self.mismatches = []
        self.too_large = False

    def differ(self, kind, words):
        self.mismatches.append((kind, words))

    def equal(self, kind, expected, reported):
        if expected != reported:
            self.differ(kind, f"{kind}: the reference says {expected}, the tool {reported}")

    def run(self):
        self.compare_machine()
        if self.mismatches:  # nothing else can agree
            return
        readings = {v["scope"].get("reading") for v in self.reported["verdicts"]}
        self.equal("readings", {"free", "priority"} if self.subject.mixed() else {None}, readings)
        free = None
        for reading in ("free", "priority") if self.subject.mixed() else ("free",):
            verdicts = {v["property"]: v for v in self.reported["verdicts"]
                        if v["scope"].get("reading", "free") == reading}
            bounds = self.compare_reading(reading, verdicts)
            free = free or bounds
        if free and not self.too_large:
            self.compare_notes(free[0])

    # The folded machine, as far as the initial state leads.

    def compare_machine(self):
        self.equal("start", self.machine.nodes[self.machine.start].name, self.reported["start"])
        nodes = self.machine.nodes
        reached = self.machine.reached(self.machine.start)
        expected = sorted((nodes[n].name, f"{t.message}{t.sign}", nodes[t.target].name) for n in reached for t in nodes[n].transitions)
        by_state = {}
        for t in self.reported["transitions"]:
            sign = "!" if t["direction"] == "out" else "?"
            by_state.setdefault(t["from"], []).append((t["from"], f"{t['message']}{sign}", t["to"]))
        seen, todo = {self.reported["start"]}, [self.reported["start"]]
        while todo:
            for _, _, target in by_state.get(todo.pop(), []):
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        self.equal("machine", expected, sorted(t for s in seen for t in by_state.get(s, [])))
        self.equal("final states", sorted(nodes[n].name for n in reached if nodes[n].final()),
                   sorted(s["id"] for s in self.reported["states"] if s["final"] and s["id"] in seen))

    # One reading: every property, the worst entry counts.

    def compare_reading(self, reading, verdicts):
        systems = [reference.System(self.machine, entry, reading) for entry in self.subject.entries]
        bounds = [reference.find_bound(s, self.limit) for s in systems]
        if any(b.exploration is None or (b.kind == "unknown" and b.exploration.room < 64) for b in bounds):
            self.too_large = True  # then only what the report itself says can be checked
        for name in FAULTS_OF:
            self.compare_faults(reading, name, verdicts[name], systems, bounds)
        self.compare_bounded(reading, verdicts["queues-bounded"], systems, bounds)
        states, messages = reference.unreached(self.subject)
        self.compare_status(reading, "states-reachable", "violated" if states or messages else "proved", verdicts["states-reachable"])
        return bounds

    def compare_status(self, reading, name, expected, verdict):
        if expected != verdict["verdict"]:
            self.differ(f"{reading} {name}", f"{name}, {reading}: the reference says {expected}, the tool {verdict['verdict']} "
                                             f"{verdict.get('reason', '')} {verdict.get('detail', '')}")

    def explored_like_the_tool(self, system, bound, verdict):
        """The exploration the verdict speaks of; nothing if it is too large."""
        if bound.kind == "exact":
            return bound.exploration
        room = verdict["scope"]["queueCapacity"]
        if bound.exploration and bound.exploration.room == room:
            return bound.exploration
        try:
            return reference.explore(system, room, self.limit)
        except reference.TooLarge:
            return None

    def compare_faults(self, reading, name, verdict, systems, bounds):
        explored = [self.explored_like_the_tool(s, b, verdict) for s, b in zip(systems, bounds)]
        if None in explored:
            if verdict["verdict"] == "violated":
                self.check_run(reading, name, verdict, systems)
            return
        nearest = [min((e.nearest[f] for f in FAULTS_OF[name] if f in e.nearest), default=None) for e in explored]
        lengths = {n for n in nearest if n is not None}
        self.compare_status(reading, name, "violated" if lengths else "proved", verdict)
        if verdict["verdict"] == "violated":
            steps = self.check_run(reading, name, verdict, systems)
            if steps is not None and lengths and steps not in lengths:
                self.differ(f"{reading} {name} length", f"{name}, {reading}: nearest after {lengths} steps, the run has {steps}")
        worst = [e for e, n in zip(explored, nearest) if n is not None]
        if len(systems) == 1 or all(b.kind == "exact" for b in bounds):
            self.compare_statistics(reading, name, verdict, worst, explored)
        if not lengths:
            exact = all(not e.cut for e in explored)
            theorems = THEOREMS & set(verdict.get("basis", []))
            strong = exact or theorems
            self.equal(f"{reading} {name} strength", "any-queue-length" if strong else "up-to-capacity", verdict.get("strength"))
            if len(systems) == 1:  # several entries may rest on different things
                self.equal(f"{reading} {name} basis", exact, "complete-search" in verdict.get("basis", []))
            for theorem in theorems:
                refuted = [self.refuted(name, theorem, s, e) for s, e in zip(systems, explored)]
                if all(refuted):
                    self.differ(f"{reading} {name} theorem", f"{name}, {reading}: {theorem}, but {refuted[0]}")

    def refuted(self, name, theorem, system, explored):
        """Why the theorem proves nothing, where that is easily seen."""
        reached = [self.machine.nodes[n] for n in self.machine.reached(system.start)]
        if theorem.endswith("deterministic") and any(len(set(n.labels())) < len(n.labels()) for n in reached):
            return "a choice is ambiguous"
        if theorem == "autonomous-deterministic" and any(n.mixed() for n in reached):
            return "a state is mixed"
        try:
            if theorem == "synchronizable-deterministic" and not reference.synchronizable(self.machine, system.start):
                return "it is not synchronizable"
            longer = reference.explore(system, explored.room * 2, self.limit) if explored.cut else explored
        except reference.TooLarge:
            return None
        return next((f"{f} with queues of {longer.room}" for f in FAULTS_OF[name] if f in longer.nearest), None)

    def compare_statistics(self, reading, name, verdict, worst, explored):
        """One of the entries with the worst answer is the one in the report; if none is bad, the longest queue is that
        of all entries together."""
        stats = verdict.get("stats", {})
        over_all = max(max(e.longest) for e in explored)
        expected = [(None if e.cut else e.configurations, None if e.cut else max(e.longest) if worst else over_all,
                     e.configurations, e.steps) for e in worst or explored]
        reported = tuple(stats.get(key) for key in ("configurations", "longestQueue", "statesStored", "transitions"))
        if reported not in expected:
            self.differ(f"{reading} statistics", f"{name}, {reading}: configurations, longest queue, stored, steps: "
                                                 f"the reference says {expected}, the tool {reported}")

    def compare_bounded(self, reading, verdict, systems, bounds):
        kinds = {b.kind for b in bounds}
        if "unbounded" in kinds:
            expected = {"violated"}
        elif kinds == {"exact"}:
            expected = {"proved"}
        elif self.too_large:
            expected = {"violated", "inconclusive", "proved"}
        else:
            expected = {"inconclusive"}
        if verdict["verdict"] not in expected:
            self.compare_status(reading, "queues-bounded", " or ".join(sorted(expected)), verdict)
        if verdict["verdict"] == "violated":
            self.check_run(reading, "queues-bounded", verdict, systems)

    # Counterexamples.

    def check_run(self, reading, name, verdict, systems):
        """Executes the run of the verdict; its number of steps, or None with the mismatch noted."""
        def wrong(words):
            self.differ(f"{reading} {name} run", f"{name}, {reading}: {words}")

        if "counterexample" not in verdict:
            return wrong("violated without a counterexample")
        run = self.report["counterexamples"][verdict["counterexample"]]
        start = run["initial"]["states"]["exp"]
        system = next((s for s in systems if self.machine.nodes[s.start].name == start), None)
        if system is None or run["initial"] != self.shown(system.initial()):
            return wrong(f"the run starts in {run['initial']}")
        # Several transitions may look alike, so every configuration that fits is followed.
        at, before = {system.initial()}, []
        for step in run["steps"]:
            text = f"{'E' if step['component'] == 'exp' else 'I'}{'!' if step['action'] == 'send' else '?'}{step['message']}"
            before.append(at)
            at = {there for here in at for taken, there in system.steps(here)[0] if taken == text and self.shown(there) == step["after"]}
            if not at:
                return wrong(f"step {step['index']}, {text}, is not possible or ends elsewhere than {step['after']}")
        if name == "queues-bounded":
            return self.check_loop(run, wrong)
        found = {f for here in at for f in system.faults(here, *self.movable(system, here))}
        if not found & set(FAULTS_OF[name]):
            return wrong(f"the run ends without the fault, in {run['steps'][-1]['after'] if run['steps'] else run['initial']}")
        self.check_decisive(run, system, before + [at], wrong)
        return len(run["steps"])

    def check_decisive(self, run, system, passed, wrong):
        """The first step after which every run meets a fault, and the race it is part of."""
        end = run["end"]
        bound = reference.find_bound(system, self.limit)
        if bound.kind == "exact":
            lost = reference.doomed(system, bound.exploration.room, self.limit)
            expected = next((i for i, at in enumerate(passed) if at <= lost), None)
            if (expected or None) != end.get("decisiveStep"):
                wrong(f"the decisive step is {expected}, the tool says {end.get('decisiveStep')}")
        if not end.get("race"):
            return
        first, second = (run["steps"][i - 1] for i in end["race"])
        received = next((s["index"] for s in run["steps"] if s["action"] == "receive" and s["messageId"] == first["messageId"]), None)
        racing = (first["action"], second["action"]) == ("send", "send") and first["component"] != second["component"]
        if not racing or second["index"] != end["decisiveStep"] or (received and received < second["index"]):
            wrong(f"no race: {end['race']}")

    @staticmethod
    def movable(system, here):
        steps, cut = system.steps(here)
        return bool(steps), cut

    def shown(self, configuration):
        exp, imp, to_imp, to_exp = configuration
        return {"states": {"exp": self.machine.nodes[exp].name, "imp": self.machine.nodes[imp].name},
                "queues": {"imp->exp": list(to_exp), "exp->imp": list(to_imp)}}

    @staticmethod
    def check_loop(run, wrong):
        """The run ends in sends of one party that lead it back to where it was."""
        last = run["steps"][-1]["component"]
        states = [run["initial"]["states"][last]] + [s["after"]["states"][last] for s in run["steps"]]
        for i in range(len(run["steps"]) - 1, -1, -1):
            if (run["steps"][i]["component"], run["steps"][i]["action"]) != (last, "send"):
                break
            if states[i] == states[-1]:
                return len(run["steps"])
        return wrong("the run does not end in a cycle of sends")

    # What exploring shows beyond the properties.

    def compare_notes(self, bound):
        explored, start = bound.exploration, self.machine.start
        reached = [self.machine.nodes[n] for entry in self.subject.entries for n in self.machine.reached(entry)]
        expected = set()
        if not explored.half_duplex:
            expected.add("not-half-duplex")
        if "head-not-receivable" in explored.nearest:
            expected.add("head-not-receivable")
        if bound.kind == "unknown":
            expected.add("bound-unknown")
        if any(len(set(n.labels())) < len(n.labels()) for n in reached):
            expected.add("nondeterministic-choice")
        if any(n.mixed() for n in reached):
            expected.add("mixed-choice")
        try:
            if not reference.synchronizable(self.machine, start):
                expected.add("not-synchronizable")
        except reference.TooLarge:
            return
        name = self.reported["qualifiedName"]
        reported = {d["rule"] for d in self.report["diagnostics"]
                    if d.get("subject", {}).get("name") == name and d["rule"] in NOTES}
        # Findings about unreachable parts may be reported as well; what is inherited is reported at the base.
        for rule in ("nondeterministic-choice", "mixed-choice"):
            if self.subject.contract.base or any(len(set(n.labels())) < len(n.labels()) or n.mixed() for n in self.machine.nodes if not any(n is r for r in reached)):
                expected.discard(rule)
                reported.discard(rule)
        self.equal("notes", sorted(expected), sorted(reported))


def compare_file(text, report, limit):
    """Mismatches of all contracts of one file, and how many contracts there are."""
    namespace = text.split()[1]
    reported = {c["qualifiedName"]: c for c in report["contracts"]}
    mismatches, count = [], 0
    for name, subject in reference.subjects(text).items():
        count += 1
        contract = reported.get(f"{namespace}.{name}")
        if contract is None or not contract.get("verdicts"):
            mismatches.append(("missing", f"{name}: the tool reports no verdicts"))
            continue
        comparison = Comparison(subject, contract, report, limit)
        comparison.run()
        mismatches += [(kind, f"{name}: {words}") for kind, words in comparison.mismatches]
    refereed = report["summary"].get("referee")
    if refereed and refereed["agreed"] != refereed["searched"]:
        mismatches.append(("referee", f"all searches agree on {refereed['agreed']} of {refereed['searched']} machines"))
    for d in report["diagnostics"]:
        if d["code"].startswith("SS09"):
            mismatches.append((d["code"], f"the tool complains: {d['message']}"))
    return mismatches, count


class Referee:
    def __init__(self, tool, folder, limit, with_large, extra):
        self.tool, self.folder, self.limit, self.with_large, self.extra = tool, folder, limit, with_large, extra
        self.passed = self.failed = self.large = self.machines = 0

    def run_batch(self, seed, numbers):
        programs = {n: generate.file(seed, n) for n in numbers}
        if not self.with_large:
            programs = {n: p for n, p in programs.items() if not self.is_too_large(generate.text(p))}
        numbers = list(programs)
        if not programs:
            return
        texts = {f"r{n}.sg": generate.text(p) for n, p in programs.items()}
        try:
            report = run_tool(self.tool, self.folder, texts, self.extra)
        except ToolFailed as failure:
            if len(numbers) == 1:
                self.show(seed, numbers[0], [("tool", str(failure))], programs[numbers[0]])
                return
            half = len(numbers) // 2
            self.run_batch(seed, numbers[:half])
            self.run_batch(seed, numbers[half:])
            return
        self.machines += report["summary"].get("referee", {}).get("agreed", 0)
        for n, program in programs.items():
            mismatches, count = compare_file(generate.text(program), report_of(report, n), self.limit)
            if mismatches:
                self.show(seed, n, mismatches, program)
            else:
                self.passed += count

    def is_too_large(self, text):
        for subject in reference.subjects(text).values():
            for reading in ("free", "priority") if subject.mixed() else ("free",):
                for entry in subject.entries:
                    bound = reference.find_bound(reference.System(subject.machine, entry, reading), self.limit)
                    if bound.kind == "unknown" and (bound.exploration is None or bound.exploration.room < 64):
                        self.large += 1
                        return True
        return False

    def show(self, seed, number, mismatches, program):
        self.failed += 1
        kinds = {kind for kind, _ in mismatches}
        small = self.shrunk(program, kinds)
        again = [words for _, words in self.mismatches_of(small)] or ["(the small file alone shows no mismatch: the whole batch is needed)"]
        print("\n".join([f"MISMATCH seed {seed}, contract {number}", *(f"  {words}" for _, words in mismatches[:8]),
                         "made smaller:", *(f"  {words}" for words in again[:8]), generate.text(small)]), flush=True)

    def mismatches_of(self, program):
        try:
            return compare_file(generate.text(program), run_tool(self.tool, self.folder, {"r.sg": generate.text(program)}, self.extra), self.limit)[0]
        except ToolFailed as failure:
            return [("tool", str(failure))]

    def shrunk(self, program, kinds):
        """The program without what it does not need to show one of the kinds."""
        runs = 0
        smaller = True
        while smaller:
            smaller = False
            for candidate in generate.shrink(program):
                runs += 1
                if runs > SHRINK_RUNS:
                    return program
                try:
                    found = self.mismatches_of(candidate)
                except (RecursionError, StopIteration, reference.TooLarge):
                    continue  # calls that never end: not a contract any more
                if kinds & {kind for kind, _ in found}:
                    program, smaller = candidate, True
                    break
        return program


def report_of(report, number):
    """The part of the report about one file: its contracts, and complaints that name no contract."""
    names = {c["qualifiedName"] for c in report["contracts"] if c["qualifiedName"].startswith(f"R{number}.")}
    simple = {n.split(".")[-1] for n in names}
    mentioned = lambda d: any(s in d["message"].replace(":", " ").split() for s in simple)
    return {**report, "contracts": [c for c in report["contracts"] if c["qualifiedName"] in names],
            "diagnostics": [d for d in report["diagnostics"] if d.get("subject", {}).get("name") in names
                            or (d["code"].startswith("SS09") and mentioned(d))]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True, type=lambda p: Path(p).resolve())
    parser.add_argument("--count", type=int, default=250, help="files to compare")
    parser.add_argument("--seed", default="1", help="a number, or `random`")
    parser.add_argument("--only", type=int, help="number of one file")
    parser.add_argument("--limit", type=int, default=5000, help="configurations the reference looks at")
    parser.add_argument("--large", action="store_true", help="with contracts that are too large for the reference: only "
                        "what their reports say of themselves is checked")
    parser.add_argument("--referee", action="store_true", help="with `verify --referee`")
    parser.add_argument("--time", default="20", help="seconds the tool may take for one contract")
    arguments = parser.parse_args()
    seed = str(random.randrange(10 ** 6)) if arguments.seed == "random" else arguments.seed
    print(f"seed {seed}", flush=True)
    begin = time.monotonic()
    sys.stdout.reconfigure(line_buffering=True)
    with tempfile.TemporaryDirectory(prefix="singspin-referee-") as folder:
        referee = Referee(arguments.tool, Path(folder) / "run", arguments.limit, arguments.large,
                          ("--time", arguments.time, *(["--referee"] if arguments.referee else [])))
        if arguments.only is not None:
            print(generate.text(generate.file(seed, arguments.only)))
        numbers = [arguments.only] if arguments.only is not None else list(range(arguments.count))
        for at in range(0, len(numbers), BATCH):
            referee.run_batch(seed, numbers[at:at + BATCH])
    print(f"{referee.large} files left out as too large for the reference, {time.monotonic() - begin:.1f} s", file=sys.stderr)
    if arguments.referee:
        print(f"{referee.machines} machines on which all searches agree")
    print(f"{referee.passed} passed, {referee.failed} failed")
    return 1 if referee.failed else 0


if __name__ == "__main__":
    sys.exit(main())
