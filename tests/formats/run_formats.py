#!/usr/bin/env python3
"""All formats, over all samples, limits and hostile names.

    run_formats.py PART --tool SINGSPIN [--modules FOLDER]

same      `verify -o F=A` and `report saved.json -o F=B` write the same bytes, and readers take them
limits    what formats cut: just below a limit nothing is left out, just above it is, and it is counted
hostile   names and texts that mean something to the format they end up in
tools     the programs of others: xmllint, junitparser, ajv with the schema of SARIF, Sarif.Multitool
"""
import argparse
import copy
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import npm  # noqa: E402
import readers  # noqa: E402
import support  # noqa: E402
from readers import demand  # noqa: E402

SKIPPED = 77
SAMPLES = {  # folders or files below the root, and what they are good for
    "contracts": ["tests/golden/report"],
    "systems": ["tests/systems/drivers/tuner.drv", "tests/systems/drivers/codec.c", "tests/systems/drivers/lamp.drv"],
    "rules": ["tests/golden/rules"],
    "limit": ["tests/golden/report/spooler", "--depth", "3"],
    "nothing": ["tests/formats"],
}
FORMATS = [*readers.READERS]


class Bench:
    def __init__(self, tool, folder):
        self.tool, self.folder = tool, Path(folder)
        self.env = support.environment(folder)

    def run(self, *words, env=()):
        done = subprocess.run([str(self.tool), *map(str, words)], cwd=self.folder, env={**self.env, **dict(env)},
                              stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode not in support.EXIT_CODES:
            raise AssertionError(f"exit {done.returncode}: {words}\n{done.stderr.decode(errors='replace')}")
        return done

    def verify(self, name, words, command="verify"):
        """Folder NAME/now with every format, NAME.json with the report."""
        now = self.folder / name / "now"
        now.mkdir(parents=True)
        outputs = [w for f in FORMATS for w in ("-o", f"{f}={now / f}")]
        for one in ("trace", "itf"):
            outputs += ["-o", f"{one}={now / one}/"]
        paths = [support.ROOT / w if w.startswith("tests/") else w for w in words]
        self.run(command, "-qq", "--root", support.ROOT, *paths, "-o", f"json={name}.json", *outputs)
        return now

    def report(self, name, saved, extra=()):
        then = self.folder / name / "then"
        then.mkdir(parents=True, exist_ok=True)
        outputs = [w for f in FORMATS for w in ("-o", f"{f}={then / f}")]
        for one in ("trace", "itf"):
            outputs += ["-o", f"{one}={then / one}/"]
        done = self.run("report", saved, *outputs, *extra)
        demand(done.returncode == 0, f"{name}: {done.stderr.decode(errors='replace')}")
        return then

    def of(self, name, report):
        """All formats of a report that is made up."""
        saved = self.folder / f"{name}.made.json"
        saved.write_text(json.dumps(report), encoding="utf-8")
        return self.report(name, saved)


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def read_all(folder):
    read = {}
    for name, reader in readers.READERS.items():
        try:
            read[name] = reader((folder / name).read_bytes())
        except (readers.Refused, ValueError, KeyError, IndexError) as error:
            raise AssertionError(f"{folder / name}: {error}") from error
    for path in (folder / "itf").glob("*"):
        readers.itf(path.read_bytes())
    return read


def part_same(bench):
    for name, words in SAMPLES.items():
        now = bench.verify(name, words)
        then = bench.report(name, f"{name}.json")
        first, second = contents(now), contents(then)
        demand(first.keys() == second.keys(), f"{name}: other files: {first.keys() ^ second.keys()}")
        for path in first:
            demand(first[path] == second[path], f"{name}: {path} differs")
        kept = contents(bench.folder / ".singspin/last") if (bench.folder / ".singspin/last").exists() else {}
        traces = {p.removeprefix("trace/"): b for p, b in first.items() if p.startswith("trace/")}
        kept.pop("index", None)  # their order, for replay
        demand(traces == kept, f"{name}: traces are not those that verify keeps")
        report = json.loads((bench.folder / f"{name}.json").read_text())
        compare(report, read_all(then))
        shutil.rmtree(bench.folder / ".singspin", ignore_errors=True)
    bench.verify("check", SAMPLES["rules"], "check")
    demand(contents(bench.folder / "check/now") == contents(bench.report("check", "check.json")), "check differs")
    read_all(bench.folder / "check/now")
    annotate(bench)


def decided(report):
    for subject in report["contracts"] + report["systems"]:
        for verdict in subject.get("verdicts", []):
            if verdict["scope"].get("reading") != "priority":
                yield subject, verdict


def compare(report, read):
    """No format says more or less than the report."""
    verdicts = list(decided(report))
    failed = [v for _, v in verdicts if v["verdict"] == "violated" and v["severity"] == "error" and not v.get("suppressed")]
    open_ones = [v for _, v in verdicts if v["verdict"] in ("inconclusive", "error")]
    seen = [d for d in report["diagnostics"] if not d.get("suppressed")]
    broken = [d for d in seen if d["severity"] == "error" and not d["code"].startswith("SS01")]
    cases = [case for suite in read["junit"].values() for case in suite.values()]
    files = {d["span"]["source"] if "span" in d else None for d in broken}
    demand(len(cases) == len(verdicts) + len(files), "junit: cases")
    demand(sum(c.find("failure") is not None for c in cases) == len(failed), "junit: failures")
    demand(sum(c.find("error") is not None for c in cases) == len(open_ones) + len(files), "junit: errors")
    demand(len(read["tap"]) == len(verdicts) + len(broken), "tap: tests")
    demand(sum(not ok for ok, _, _ in read["tap"]) == len(failed) + len(open_ones) + len(broken), "tap: failures")
    runs = [v for _, v in verdicts if v["verdict"] == "violated" and "counterexample" in v and not v.get("suppressed")]
    demand(len(read["gitlab"]) == len(runs) + len(seen) + len(open_ones), "gitlab: findings")
    demand(len(read["sarif"]["results"]) == len(runs) + sum("span" in d for d in seen), "sarif: results")
    for result in read["sarif"]["results"]:
        if result["ruleId"] == "SS0101":
            demand(result["level"] == "error" and result["kind"] == "fail", "sarif: level")
    code = report["run"]["exitCode"]
    demand(read["sarif"]["invocations"][0]["executionSuccessful"] == (code not in (2, 4)), "sarif: success")


def annotate(bench):
    """GitHub's variables turn annotations on, and the summary grows."""
    summary = bench.folder / "summary.md"
    summary.write_text("before\n")
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    sample = support.ROOT / "tests/golden/report/spooler"
    words = ["verify", "-qq", "--deterministic", "--root", support.ROOT, sample]
    done = bench.run(*words, env=env)
    commands = readers.github(done.stdout)
    demand([c[0] for c in commands][:2] == ["error", "error"] and done.returncode == 1, "annotations")
    demand(commands[0][1]["file"].endswith("SpoolerContract.sg") and commands[0][1]["line"] == "15", "their place")
    text = summary.read_text()
    demand(text.startswith("before\n## singspin: violated"), "the summary is appended")
    demand(bench.run(*words, "--annotate", "off", env=env).stdout == b"" and summary.read_text() == text, "off")
    demand(bench.run(*words).stdout == b"", "not on GitHub")
    done = bench.run(*words, "--annotate", "github", "--json")
    json.loads(done.stdout)
    readers.github(done.stderr)
    env["GITHUB_STEP_SUMMARY"] = str(bench.folder / "no/summary.md")
    demand(bench.run(*words, env=env).returncode == 4, "a summary that cannot be written")


def sample_report(bench):
    bench.run("verify", "-qq", "--deterministic", "--root", support.ROOT, support.ROOT / "tests/golden/report/spooler", "-o", "json=sample.json")
    report = json.loads((bench.folder / "sample.json").read_text())
    # One reading, one property: what is left is counted easily.
    report["counterexamples"] = report["counterexamples"][:1]
    report["contracts"][0]["verdicts"] = [v for v in report["contracts"][0]["verdicts"] if v["property"] == "deadlock-free"][:1]
    report["diagnostics"] = []
    return report


def with_steps(report, steps):
    """The same run, going round without end: configurations do not matter to writers."""
    report = copy.deepcopy(report)
    run = report["counterexamples"][0]
    send, receive = run["steps"][0], run["steps"][1]
    run["steps"] = []
    for i in range(1, steps + 1):
        step = copy.deepcopy(send if i % 2 else receive)
        step.update(index=i, messageId=(i + 1) // 2)
        if i % 2 == 0:
            step["sentAt"] = i - 1
        run["steps"].append(step)
    run["end"] = {"kind": "deadlock", "decisiveStep": steps}
    return report


def with_diagnostics(report, count, severity="error", code="SS0012", **more):
    report = copy.deepcopy(report)
    span = report["counterexamples"][0]["claim"]["span"]
    report["counterexamples"], report["contracts"][0]["verdicts"] = [], []
    report["diagnostics"] = [{"code": code, "severity": severity, "message": f"number {i}", "span": span, **more}
                             for i in range(count)]
    return report


def part_limits(bench):
    report = sample_report(bench)
    for steps, flow, arrows in ((799, 799, 400), (801, 801, 400), (1000, 1000, 400), (1001, 1000, 400)):
        read = read_all(bench.of(f"steps{steps}", with_steps(report, steps)))
        result = read["sarif"]["results"][0]
        locations = result["codeFlows"][0]["threadFlows"][0]["locations"]
        orders = [place["executionOrder"] for place in locations]
        demand(len(orders) == flow, f"{steps} steps: {len(orders)}")
        if steps > 1000:
            demand(orders == [*range(1, 101), *range(steps - 899, steps + 1)], "the first 100 and the last 900")
            demand("SpoolerContract.deadlock-free.trace.json" in result["message"]["text"], "the trace is named")
        demand(read["md"].count("->>") + read["md"].count("-x") == arrows, f"{steps} steps: arrows")
        demand((f"steps before" in read["md"]) == (steps > 800), f"{steps} steps: what is left out")
    for count in (9, 10, 40):
        kinds = (("error", "error"), ("warning", "warning"), ("note", "notice"))
        made = with_diagnostics(report, count)
        made["diagnostics"] = [{**one, "severity": severity} for severity, _ in kinds for one in made["diagnostics"]]
        read = read_all(bench.of(f"count{count}", made))
        for _, kind in kinds:
            commands = [c for c in read["github"] if c[0] == kind]
            demand(len(commands) == min(count, 10), f"{count} of {kind}")
            demand((commands[-1][2] == f"and {count - 9} more") == (count > 9), f"{count} of {kind}: the rest")
        demand(len(read["gitlab"]) == 3 * count, "gitlab has all")
    for size in (64 * 1024, 64 * 1024 + 1):
        read = read_all(bench.of(f"text{size}", with_diagnostics(report, 1, text="x" * size)))
        text = read["junit"]["tests/golden/report/spooler/contracts/SpoolerContract.sg"]["parse"].find("error").text
        demand((text == "x" * size) == (size <= 64 * 1024), f"text of {size}")
        demand("more bytes" in text or size <= 64 * 1024, "what is left out is counted")
    part_large(bench, report)


def part_large(bench, report):
    """30 MB of JUnit, 10 MB of SARIF, 1 MiB of Markdown."""
    large = with_diagnostics(report, 600, text="&" * 16_000)
    for i, one in enumerate(large["diagnostics"]):
        large["inputs"].append({**large["inputs"][0], "path": f"f{i}.sg"})
        large["inputs"][-1].pop("text", None)
        one["span"] = {**one["span"], "source": len(large["inputs"]) - 1}
    then = bench.of("large", large)
    read = read_all(then)
    cases = [suite["parse"].find("error") for suite in read["junit"].values() if "parse" in suite]
    demand(len(cases) == 600, "every case is there")
    short = sum("left out" in case.text for case in cases)
    demand(0 < short < 300, f"{short} cases without their text")
    demand((then / "junit").stat().st_size > 29_000_000, "nearly 30 MB are used")
    demand("\nand " in read["md"] and (then / "md").stat().st_size > 900_000, "Markdown: the rest is counted")
    many = with_steps(report, 1000)
    many["counterexamples"] = [{**many["counterexamples"][0], "id": f"run{i}"} for i in range(20)]
    verdict = many["contracts"][0]["verdicts"][0]
    many["contracts"][0]["verdicts"] = [{**verdict, "counterexample": i} for i in range(20)]
    then = bench.of("many", many)
    results = read_all(then)["sarif"]["results"]
    whole = sum("codeFlows" in result for result in results)
    demand(len(results) == 20 and 5 < whole < 20, f"{whole} of 20 results have steps")
    demand(all("codeFlows" in r or r["message"]["text"].endswith(".trace.json.") for r in results), "the others name the trace")
    demand((then / "sarif").stat().st_size > 8_000_000, "nearly 10 MB are used")


HOSTILE = ["\x1b[31mred", "a]]>b", "100%0A::error::x", "\r\n::error::y", "\"quoted\" 'too'", "<img onerror=x>&amp;", "\u202eevil\u202c",
           "line\u2028sep\u2029end", "tab\there", "|cell|", "```\n# head", "# TODO never", "@everyone [x](y) {0}", "end; #35; loop",
           "\u0000nul", "\ufffe\uffff", "\\# \\", "  ---\n  ...", "\U0001f600 \u00e9 \ufeff", "a" * 5000, "%", ":,:,", "../../etc/passwd", "1", "-", ""]


def renamed(report, text):
    report = copy.deepcopy(report)
    contract, run = report["contracts"][0], report["counterexamples"][0]
    states = {s["id"]: s["id"] + text for s in contract["states"]}
    contract["name"] = contract["qualifiedName"] = run["subject"]["name"] = "C" + text
    contract["start"] = states[contract["start"]]
    for state in contract["states"]:
        state["id"] = states[state["id"]]
    for t in contract["transitions"]:
        t.update(message=t["message"] + text, **{"from": states[t["from"]], "to": states[t["to"]]})
    for step in run["steps"]:
        step.update(message=step["message"] + text, detail=text, **{"from": states[step["from"]], "to": states[step["to"]]})
        step["after"]["queues"] = {q: [m + text for m in all_of] for q, all_of in step["after"]["queues"].items()}
    run["id"] = run["id"] + text
    run["claim"]["message"] = run["text"] = f"C{text} can deadlock"
    verdict = contract["verdicts"][0]
    contract["verdicts"] += [{**verdict, "property": "user:" + text, "code": "SS0107"}, {**verdict, "property": "user:" + text, "code": "SS0107"},
                             {"property": "p" + text, "code": "SS0102", "severity": "error", "verdict": "inconclusive", "reason": text or "limit",
                              "detail": text, "scope": verdict["scope"]},
                             {"property": "q", "code": "SS0103", "severity": "error", "verdict": "skipped", "reason": text or "why", "scope": verdict["scope"]}]
    span = run["claim"]["span"]
    report["inputs"].append({"path": "dir/f" + text.replace("\\", "") + ".sg", "sha256": "0" * 64, "bytes": 0})
    there = {**span, "source": 1}
    report["diagnostics"] = [{"code": "SS0012", "severity": "error", "message": text, "span": there, "text": text, "subject": {"kind": "contract", "name": text}},
                             {"code": "SS0012", "severity": "error", "message": text, "span": there},
                             {"code": "SS9999" if not text else "SS0206", "rule": text, "severity": "warning", "message": text, "labels": [{"span": span, "text": text}]}]
    report["run"]["arguments"] = [text]
    return report


def part_hostile(bench):
    report = sample_report(bench)
    for i, text in enumerate(HOSTILE):
        read = read_all(bench.of(f"hostile{i}", renamed(report, text)))
        names = [name for _, name, _ in read["tap"]]
        demand(len(names) == 7 and len(read["gitlab"]) == 7, f"{text!r}: {len(names)} tests, {len(read['gitlab'])} findings")
        demand(len(read["github"]) == 7, f"{text!r}: {len(read['github'])} annotations")
        demand(len(read["sarif"]["results"]) == 5, f"{text!r}: results")
        demand(sum(len(suite) for suite in read["junit"].values()) == 6, f"{text!r}: cases")
        for form in ("github", "md", "junit", "tap"):
            data = (bench.folder / f"hostile{i}/then/{form}").read_text(encoding="utf-8")
            demand(not any(c in data for c in "\x1b\u202e\u2028\x00\ufffe"), f"{form}: {text!r} is not made visible")
    bad = json.dumps(report).encode().replace(b"SpoolerContract", b"Sp\xff\xfeoler")
    (bench.folder / "bad.json").write_bytes(bad)
    demand(bench.run("report", "bad.json", "-o", "tap=-").returncode == 2, "bytes that are no UTF-8")


def part_tools(bench, modules):
    for tool, package in (("xmllint", "libxml2-utils"), ("npm", "npm"), ("node", "nodejs")):
        if not shutil.which(tool):
            print(f"SKIPPED: {tool} is not installed (Debian package {package}; scripts/install-deps --editors)")
            return SKIPPED
    try:
        import junitparser
    except ImportError:
        print("SKIPPED: python3-junitparser is not installed (scripts/install-deps --editors)")
        return SKIPPED
    node_modules = npm.modules(HERE, Path(modules), "--editors")
    report = sample_report(bench)
    folders = [bench.verify(name, words) for name, words in SAMPLES.items()]
    folders += [bench.of(f"hostile{i}", renamed(report, text)) for i, text in enumerate(HOSTILE)]
    folders.append(bench.of("steps", with_steps(report, 1001)))
    bench.run("report", "contracts.json", "--sarif-all", "-o", "sarif=all.sarif")
    for folder in folders:
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", HERE / "junit.xsd", folder / "junit"], capture_output=True, text=True)
        demand(done.returncode == 0, f"xmllint: {done.stderr}")
        suites = junitparser.JUnitXml.fromfile(str(folder / "junit"))
        ours = readers.junit((folder / "junit").read_bytes())
        demand({s.name: {c.name for c in s} for s in suites} == {n: set(c) for n, c in ours.items()}, "junitparser reads something else")
    logs = [*(folder / "sarif" for folder in folders), bench.folder / "all.sarif"]
    check_sarif(bench, node_modules, logs)
    return 0


AJV = """
const Ajv = require('ajv/dist/2020'), formats = require('ajv-formats'), fs = require('fs');
const [schema, ...files] = process.argv.slice(1);
const ajv = new Ajv({strict: false, allErrors: true, validateFormats: true});
formats(ajv);
const check = ajv.compile(JSON.parse(fs.readFileSync(schema)));
let wrong = 0;
for (const file of files) {
  if (check(JSON.parse(fs.readFileSync(file)))) continue;
  console.log(file, JSON.stringify(check.errors.slice(0, 5)));
  wrong = 1;
}
process.exit(wrong);
"""
# There is no home page to name.
KNOWN = {"SARIF2005"}


def check_sarif(bench, node_modules, logs):
    multitool = node_modules / "@microsoft/sarif-multitool-linux"
    done = subprocess.run(["node", "-e", AJV, multitool / "sarif-2.1.0.json", *logs], capture_output=True, text=True,
                          env={**os.environ, "NODE_PATH": str(node_modules)})
    demand(done.returncode == 0, f"ajv: {done.stdout}{done.stderr}")
    schemas = [support.ROOT / f"reports/formats/json/schema/{kind}-1.schema.json" for kind in ("report", "trace")]
    reports = [bench.folder / f"{name}.json" for name in SAMPLES]
    traces = [p for name in SAMPLES for p in (bench.folder / name / "now/trace").glob("*")]
    for schema, files in zip(schemas, (reports, traces)):
        done = subprocess.run(["node", "-e", AJV, schema, *files], capture_output=True, text=True,
                              env={**os.environ, "NODE_PATH": str(node_modules)})
        demand(done.returncode == 0, f"ajv: {done.stdout}{done.stderr}")
    program = multitool / "Sarif.Multitool"
    program.chmod(0o755)  # npm runs no scripts here, which would do that
    inputs = bench.folder / "sarif"
    inputs.mkdir()
    for i, log in enumerate(logs):
        shutil.copy(log, inputs / f"{i:03}.sarif")
    out = bench.folder / "out.sarif"
    subprocess.run([program, "validate", *sorted(inputs.glob("*")), "--rule-kind", "Sarif;Ghas", "-o", out],
                   capture_output=True, env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HOME": str(bench.folder)})
    # It ends with 0 either way.
    run = json.loads(out.read_text(encoding="utf-8-sig"))["runs"][0]
    demand(run["invocations"][0]["executionSuccessful"], "Sarif.Multitool did not run")
    wrong = [r for r in run["results"] if r["ruleId"] not in KNOWN]
    demand(len(run["results"]) - len(wrong) == len(logs), "Sarif.Multitool did not look at every log")
    for result in wrong[:10]:
        print(json.dumps({k: result.get(k) for k in ("ruleId", "level", "message", "locations")})[:700])
    demand(not wrong, f"Sarif.Multitool finds {len(wrong)} faults")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=("same", "limits", "hostile", "tools"))
    parser.add_argument("--tool", type=Path, required=True)
    parser.add_argument("--modules")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(words.tool.resolve(), folder)
        try:
            if words.part == "tools":
                return part_tools(bench, words.modules)
            {"same": part_same, "limits": part_limits, "hostile": part_hostile}[words.part](bench)
        except (readers.Refused, AssertionError) as error:
            print(f"FAILED: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
