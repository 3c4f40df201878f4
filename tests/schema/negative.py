"""Damaged documents: each row changes one thing in a valid document, and the validator must see it.
A row is (name, format, layer, change); layer tells who has to object first: `published` or `closed`
schema, or `consistency`."""

import copy
import json

import validate


def put(*path_and_value):
    """Sets the member at a path; the last argument is the value."""
    *path, name, value = path_and_value

    def change(document):
        for part in path:
            document = document[part]
        document[name] = value

    return change


def drop(*path):
    def change(document):
        for part in path[:-1]:
            document = document[part]
        del document[path[-1]]

    return change


def move_first(name):
    """The last thing first: same members, other order."""

    def change(document):
        rest = {key: document.pop(key) for key in list(document) if key != name}
        document.update(rest)

    return change


VERDICTS = ("contracts", 0, "verdicts")
STEPS = ("counterexamples", 0, "steps")

REPORT_ROWS = [
    ("other major version", "published", put("formatVersion", "2.0")),
    ("no summary", "published", drop("summary")),
    ("unknown verdict", "published", put(*VERDICTS, 0, "verdict", "maybe")),
    ("verdict without scope", "published", drop(*VERDICTS, 0, "scope")),
    ("proved without strength", "published", drop(*VERDICTS, 2, "strength")),
    ("proved by a stopped search", "published", put(*VERDICTS, 2, "scope", "search", "stopped")),
    ("proved approximately", "published", put(*VERDICTS, 2, "strength", "approximate")),
    ("violated without evidence", "published", drop(*VERDICTS, 0, "counterexample")),
    ("inconclusive without reason", "published", drop(*VERDICTS, 3, "reason")),
    ("inconclusive with a strength", "published", put(*VERDICTS, 3, "strength", "up-to-capacity")),
    ("no evidence rows", "published", put(*VERDICTS, 4, "diagnostics", [])),
    ("code without number", "published", put("diagnostics", 0, "code", "SS1")),
    ("severity of a diagnostic", "published", put("diagnostics", 0, "severity", "info")),
    ("exit code", "published", put("run", "exitCode", 7)),
    ("time without zone", "published", put("run", "startedAt", "2024-05-01 12:00:00")),
    ("minus one for missing", "published", put(*VERDICTS, 0, "stats", {"configurations": -1})),
    ("absolute path", "published", put("inputs", 0, "path", "/srv/a.sg")),
    ("path with ./", "published", put("inputs", 0, "path", "./a.sg")),
    ("path with backslash", "published", put("inputs", 0, "path", "a\\b.sg")),
    ("short hash", "published", put("inputs", 0, "sha256", "00")),
    ("column 0", "published", put("contracts", 0, "span", "start", "column", 0)),
    ("three endpoints", "published", put("contracts", 0, "endpoints", [{"id": "x", "role": "exporter"}] * 3)),
    ("receive without its send", "published", drop(*STEPS, 1, "sentAt")),
    ("step 0", "published", put(*STEPS, 0, "index", 0)),
    ("fix without edits", "published", put("diagnostics", 0, "fixes", [{"title": "none", "edits": []}])),
    ("unknown member", "closed", put("host", "somewhere")),
    ("unknown member of a verdict", "closed", put(*VERDICTS, 0, "loudness", 3)),
    ("unknown member of a step", "closed", put(*STEPS, 0, "time", 3)),
    ("sources in a counterexample", "closed", put("counterexamples", 0, "sources", [])),
    ("summary differs", "consistency", put("summary", "verdicts", "proved", 9)),
    ("outcome differs", "consistency", put("run", "outcome", "ok")),
    ("counterexample out of range", "consistency", put(*VERDICTS, 0, "counterexample", 1)),
    ("diagnostic out of range", "consistency", put(*VERDICTS, 4, "diagnostics", [3])),
    ("source out of range", "consistency", put("diagnostics", 0, "span", "source", 1)),
    ("empty help", "consistency", put("diagnostics", 0, "help", "")),
    ("huge integer", "consistency", put("inputs", 0, "bytes", 2**53)),
    ("order of members", "consistency", move_first("summary")),
]

TRACE_ROWS = [
    ("validated is no word", "published", put("validated", "yes")),
    ("no loop member", "published", drop("loop")),
    ("no source text", "published", drop("sources", 0, "text")),
    ("no contract", "published", put("contracts", [])),
    ("claim without code", "published", drop("claim", "code")),
    ("race of one", "published", put("end", "race", [7])),
    ("system without its table", "published", put("subject", "kind", "system")),
    ("unknown member of the end", "closed", put("end", "mood", "sad")),
    ("not validated", "consistency", put("validated", False)),
    ("a step is missing", "consistency", drop("steps", 1)),
    ("configuration differs", "consistency", put("steps", 7, "after", "queues", "imp->exp", [])),
    ("foreign transition", "consistency", put("steps", 7, "transition", "t6")),
    ("message numbers differ", "consistency", put("steps", 6, "messageId", 4)),
    ("send tied to another step", "consistency", put("steps", 5, "sentAt", 3)),
    ("race outside", "consistency", put("end", "race", [7, 9])),
    ("state at the end", "consistency", put("end", "blocked", 0, "state", "IDLE")),
    ("span outside of the text", "consistency", put("claim", "span", "end", "line", 99)),
]

BROKEN_BYTES = [
    ("cut off", b'{"format": "singspin-report"'),
    ("no object", b"[]\n"),
    ("unknown format", b'{"format": "other"}\n'),
    ("invalid UTF-8", b'{"format": "singspin-\xff"}\n'),
    ("a member twice", b'{"format": "singspin-report", "format": "singspin-report"}\n'),
    ("no number", b'{"format": NaN}\n'),
]


def objects(document):
    """The layer that objects first, None if none does."""
    for form in ("published", "closed"):
        if validate.schema_problems(document, form):
            return form
    data = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    return "consistency" if validate.problems(data) else None


def check(rows, sample):
    failures = []
    for name, layer, change in rows:
        document = copy.deepcopy(sample)
        change(document)
        seen = objects(document)
        if seen != layer:
            failures.append(f"{name}: rejected by {seen}, expected {layer}")
    return failures


def run(samples):
    """Self-test with the sample files of the unit tests; an exit status."""
    failures = [f"{path.name}: {words}" for path in samples for words in validate.problems(path.read_bytes())]
    by_name = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in samples}
    failures += check(REPORT_ROWS, by_name["sample.report.json"])
    failures += check(TRACE_ROWS, by_name["sample.trace.json"])
    failures += [f"{name}: accepted" for name, data in BROKEN_BYTES if not validate.problems(data)]
    for words in failures:
        print(words)
    print(f"{len(samples)} samples, {len(REPORT_ROWS) + len(TRACE_ROWS) + len(BROKEN_BYTES)} damaged documents, "
          f"{len(failures)} failures")
    return 1 if failures else 0
