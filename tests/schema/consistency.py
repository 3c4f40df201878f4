"""What a schema cannot say about a report or a trace: counts, references, order, and runs that can
really be taken. A second, independent reading of the output specification, sections 4 and 6."""

import collections

OUTCOMES = {0: "ok", 1: "violated", 2: "bad-input", 3: "inconclusive", 4: "tool-failure",
            130: "interrupted", 143: "interrupted"}
MAY_BE_EMPTY = {"text", "newText"}


def problems(document, schema):
    out = []
    out += order_problems(document, schema, schema, "document")
    out += value_problems(document, "document")
    out += span_problems(document, document.get("inputs", document.get("sources")))
    if document["format"] == "singspin-report":
        out += summary_problems(document)
        out += reference_problems(document)
        traces = document["counterexamples"]
    else:
        traces = [document]
    contracts = {identity(contract, contract["qualifiedName"]): contract for contract in document["contracts"]}
    for trace in traces:
        subject = trace["subject"]
        if subject["kind"] == "contract":
            out += trace_problems(trace, contracts.get(identity(subject, subject["name"])))
        else:
            out += system_trace_problems(trace)
    return out


def identity(row, name):
    variant = row.get("variant", {})
    symbols = variant.get("symbols")
    return name, variant.get("project"), None if symbols is None else tuple(symbols)


def walk(value, path):
    """All values below `value` with the member or index that holds them."""
    yield path, value
    if isinstance(value, dict):
        for name, item in value.items():
            yield from walk(item, f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, f"{path}[{index}]")


def order_problems(value, schema, root, path):
    """Members stand in the order of the schema."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    for alternative in schema.get("anyOf", []):
        if alternative.get("type") == "object":
            schema = alternative
    out = []
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            out += order_problems(item, schema["items"], root, f"{path}[{index}]")
    if isinstance(value, dict):
        listed = list(schema.get("properties", {}))
        known = [name for name in value if name in listed]
        if known != sorted(known, key=listed.index):
            out.append(f"{path}: members not in schema order: {', '.join(known)}")
        for name, item in value.items():
            below = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if isinstance(below, dict):
                out += order_problems(item, below, root, f"{path}.{name}")
    return out


def value_problems(document, path):
    out = []
    for place, value in walk(document, path):
        name = place.rsplit(".", 1)[-1]
        if value == "" and not name.endswith("]") and name not in MAY_BE_EMPTY:
            out.append(f"{place}: an empty string stands for nothing")
        if isinstance(value, int) and abs(value) >= 2**53:
            out.append(f"{place}: integers stay below 2^53")
    return out


def span_problems(document, sources):
    out = []
    for place, value in walk(document, "document"):
        if not isinstance(value, dict) or not {"source", "start", "end"} <= value.keys():
            continue
        start, end = ((value[edge]["line"], value[edge]["column"]) for edge in ("start", "end"))
        if value["source"] >= len(sources):
            out.append(f"{place}: source {value['source']} does not exist")
        elif start > end:
            out.append(f"{place}: ends before it starts")
        elif "text" in sources[value["source"]] and not inside(sources[value["source"]]["text"], start, end):
            out.append(f"{place}: outside of the text")
    return out


def inside(text, *positions):
    lines = text.split("\n")
    return all(line <= len(lines) and column <= len(lines[line - 1].encode("utf-16-le")) // 2 + 1
               for line, column in positions)


def summary_problems(report):
    verdicts, diagnostics = collections.Counter(), collections.Counter()
    for contract in report["contracts"] + report["systems"]:
        for verdict in contract.get("verdicts", []):
            if verdict["scope"].get("reading", "free") == "free":
                verdicts[verdict["verdict"]] += 1
    for diagnostic in report["diagnostics"]:
        diagnostics[diagnostic["severity"]] += 1
    expected = {
        "contracts": len(report["contracts"]),
        "systems": len(report["systems"]),
        "verdicts": {name: verdicts[name] for name in ("proved", "violated", "inconclusive", "skipped", "error")},
        "diagnostics": {name: diagnostics[name] for name in ("error", "warning", "note")},
    }
    told = {name: value for name, value in report["summary"].items() if name not in ("unchanged", "referee")}
    out = [] if told == expected else [f"summary: a recount gives {expected}"]
    run = report["run"]
    if OUTCOMES[run["exitCode"]] != run["outcome"]:
        out.append(f"run: exit code {run['exitCode']} is not {run['outcome']}")
    return out


def reference_problems(report):
    out = []
    for contract in report["contracts"] + report["systems"]:
        for verdict in contract.get("verdicts", []):
            where = f"verdict {verdict['property']} of {contract['qualifiedName']}"
            if verdict.get("counterexample", -1) >= len(report["counterexamples"]):
                out.append(f"{where}: no such counterexample")
            if max(verdict.get("diagnostics", [-1])) >= len(report["diagnostics"]):
                out.append(f"{where}: no such diagnostic")
    ids = [trace["id"] for trace in report["counterexamples"]]
    if len(set(ids)) != len(ids):
        out.append("counterexamples: ids are not unique")
    return out


def trace_problems(trace, contract):
    """Takes the steps of a contract trace and compares every configuration."""
    if contract is None:
        return [f"trace {trace['id']}: its contract is missing"]
    transitions = {row["id"]: row for row in contract["transitions"]}
    states, waiting = dict(trace["initial"]["states"]), {"imp->exp": [], "exp->imp": []}
    out, sent = [], 0
    if not trace["validated"]:
        out.append(f"trace {trace['id']}: nobody has executed it")
    if any(trace["initial"]["queues"].values()) or states["exp"] != states["imp"]:
        out.append("initial: not both ends in one state with empty queues")
    for index, step in enumerate(trace["steps"]):
        where = f"trace {trace['id']}, step {index + 1}"
        words = step_problem(step, index, transitions.get(step["transition"]), states, waiting, sent)
        if words:
            return out + [f"{where}: {words}"]
        sent += step["action"] == "send"
        queues = {name: [message for message, _, _ in queue] for name, queue in waiting.items()}
        if step["after"] != {"states": states, "queues": queues}:
            return out + [f"{where}: after is not what the step leads to"]
    return out + end_problems(trace, waiting)


def step_problem(step, index, row, states, waiting, sent):
    """Applies one step; words if it cannot be taken."""
    if step["index"] != index + 1:
        return "wrong index"
    if row is None or any(step[name] != row[name] for name in ("message", "from", "to", "span")):
        return "differs from its transition"
    endpoint = step["endpoint"]
    if step["component"] != endpoint or states[endpoint] != step["from"]:
        return f"{endpoint} is not in {step['from']}"
    states[endpoint] = step["to"]
    sender = "exp" if row["direction"] == "out" else "imp"
    if step["queue"] != ("exp->imp" if sender == "exp" else "imp->exp"):
        return "uses the other queue"
    if step["action"] != ("send" if endpoint == sender else "receive"):
        return "has the wrong action"
    if step["action"] == "send":
        waiting[step["queue"]].append((step["message"], sent, index + 1))
        return None if step["messageId"] == sent and "sentAt" not in step else "numbers its message wrongly"
    head = waiting[step["queue"]].pop(0) if waiting[step["queue"]] else None
    return None if head == (step["message"], step["messageId"], step["sentAt"]) else "is not the head of its queue"


def system_trace_problems(trace):
    """Messages go first in, first out; ends move as their steps say; a loop closes."""
    before, out, sends = trace["initial"], [], {}
    if not trace["validated"]:
        out.append(f"trace {trace['id']}: nobody has executed it")
    for index, step in enumerate(trace["steps"]):
        if words := system_step_problem(step, index, before, sends):
            return out + [f"trace {trace['id']}, step {index + 1}: {words}"]
        before = step["after"]
    configurations = [trace["initial"], *(step["after"] for step in trace["steps"])]
    if trace["loop"] and without_numbers(configurations[trace["loop"]["start"]]) != without_numbers(configurations[-1]):
        out.append(f"trace {trace['id']}: the loop does not close")
    if max([trace["end"].get("decisiveStep", 0), *trace["end"].get("race", [])]) > len(trace["steps"]):
        out.append("end: names a step that does not exist")
    threads = trace["initial"].get("threads", {})
    for row in trace["end"].get("blocked", []):
        if row["thread"] not in threads:
            out.append(f"end.blocked: {row['thread']} is no thread")
    return out


def without_numbers(configuration):
    """A configuration without the numbers of messages, which grow from round to round."""
    tokens = {name: {key: value for key, value in owner.items() if key != "messageId"}
              for name, owner in configuration.get("tokens", {}).items()}
    return {**configuration, "tokens": tokens}


def system_step_problem(step, index, before, sends):
    if step["index"] != index + 1:
        return "wrong index"
    if step["action"] not in ("send", "receive"):
        return None
    after, queue, endpoint = step["after"], step["queue"], step["endpoint"]
    if before["states"][endpoint] != step["from"] or after["states"][endpoint] != step["to"]:
        return f"{endpoint} does not go from {step['from']} to {step['to']}"
    if step["action"] == "send":
        if step["messageId"] in sends:
            return "uses the number of another message"
        sends[step["messageId"]] = (index + 1, step["message"], queue)
        kept = after["queues"][queue] in (before["queues"][queue] + [step["message"]], before["queues"][queue])
        return None if kept else "does not append its message"
    if sends.get(step["messageId"]) != (step["sentAt"], step["message"], queue):
        return "receives what was not sent"
    return None if before["queues"][queue] == [step["message"], *after["queues"][queue]] else "does not take the head"


def end_problems(trace, waiting):
    end, count = trace["end"], len(trace["steps"])
    left = sorted((sent, number, name, queue) for queue, items in waiting.items() for name, number, sent in items)
    told = [(row["sentAt"], row["messageId"], row["message"], row["queue"]) for row in end.get("undelivered", [])]
    out = [] if set(told) <= set(left) else ["end.undelivered: not what is left in the queues"]
    if told != sorted(told):
        out.append("end.undelivered: not in the order of sending")
    if max([end.get("decisiveStep", 0), *end.get("race", [])]) > count:
        out.append("end: names a step that does not exist")
    last = trace["steps"][-1]["after"]["states"] if trace["steps"] else trace["initial"]["states"]
    for row in end.get("blocked", []):
        if row["state"] != last[row["endpoint"]]:
            out.append(f"end.blocked: {row['endpoint']} is not in {row['state']}")
    return out
