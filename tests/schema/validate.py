#!/usr/bin/env python3
"""Validates JSON reports and traces of singspin.

    validate.py FILE...        '-' reads standard input; the member "format" chooses the schema
    validate.py --self-test    checks the samples of the unit tests and that damaged ones are rejected

Each document is checked against the schema as published and against a closed copy, in which every
object refuses members that the schema does not name; then for what a schema cannot say
(consistency.py). Ends with 0 if all is well, 1 if not, 77 (skipped) without python3-jsonschema.
"""

import copy
import datetime
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

sys.dont_write_bytecode = True  # the source tree stays clean
import consistency

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = HERE.parent.parent / "reports" / "formats" / "json" / "schema"
# Branches of conditions see only a part of the members, so they stay open.
CONDITIONS = {"if", "then", "else", "allOf", "not"}

FORMATS = jsonschema.FormatChecker()


@FORMATS.checks("date-time", ValueError)
def is_date_time(value):
    if isinstance(value, str):
        time = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
        return "T" in value and time.tzinfo is not None
    return True


def closed(schema):
    """A copy in which objects with listed members refuse all others."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    out = {key: value if key in CONDITIONS else closed(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema and "additionalProperties" not in schema:
        out["unevaluatedProperties"] = False
    return out


def load_schemas():
    schemas = {}
    for kind in ("report", "trace"):
        schema = json.loads((SCHEMAS / f"{kind}-1.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        schemas[f"singspin-{kind}"] = {"published": schema, "closed": closed(copy.deepcopy(schema))}
    return schemas


ALL_SCHEMAS = load_schemas()


def schema_problems(document, form):
    """What the schema (`published` or `closed`) says against a document."""
    name = document.get("format") if isinstance(document, dict) else None
    if name not in ALL_SCHEMAS:
        return ["format: neither singspin-report nor singspin-trace"]
    validator = jsonschema.Draft202012Validator(ALL_SCHEMAS[name][form], format_checker=FORMATS)
    errors = sorted(validator.iter_errors(document), key=lambda error: [str(part) for part in error.absolute_path])
    return [f"{'/'.join(map(str, error.absolute_path)) or 'document'}: {error.message[:300]}" for error in errors]


def unique_members(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError(f"a member stands twice among {', '.join(names)}")
    return dict(pairs)


def refuse_constant(name):
    raise ValueError(f"{name} is no JSON")


def problems(data):
    """All problems of one document, given as bytes; an empty list means that it is valid."""
    try:
        text = data.decode("utf-8")
        document = json.loads(text, object_pairs_hook=unique_members, parse_constant=refuse_constant)
    except ValueError as error:
        return [f"syntax: {error}"]
    found = [f"schema, {form}: {words}" for form in ("published", "closed") for words in schema_problems(document, form)]
    if found:
        return found
    if "\r" in text or not text.endswith("}\n") or text.startswith("\ufeff"):
        found.append("layout: not UTF-8 without mark, with LF and a final one")
    return found + consistency.problems(document, ALL_SCHEMAS[document["format"]]["published"])


def self_test():
    import negative

    return negative.run(sorted((HERE.parent / "unit" / "format_json").glob("*.json")))


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if not arguments or any(argument.startswith("--") for argument in arguments):
        print(__doc__.strip())
        return 2
    failed = False
    for name in arguments:
        data = sys.stdin.buffer.read() if name == "-" else pathlib.Path(name).read_bytes()
        for words in problems(data):
            print(f"{name}: {words}")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
