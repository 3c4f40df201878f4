"""Random contracts, the same for the same seed. Mostly small: a small contract shows a mistake as well as a large one.

A file is a list of contracts, a contract a dictionary, a sequence a list of steps: ("act", message, sign),
("group", sequences) or ("state", name). shrink() takes parts away; text() writes the live language.
"""
import copy
import random

IN_NAMES = ("Ask", "Get", "Put", "Stop", "Job", "Open", "chan", "timeout", "Ask_2", "run", "to_importer_1")
OUT_NAMES = ("Yes", "No", "Done", "Tick", "Beep", "Fail", "mtype", "skip", "Importer", "Done_2", "end_started")
BOTH_NAMES = ("Nod", "Ack", "to_exporter")
NEW_NAMES = ("Extra", "More", "printf")
STATE_NAMES = ("Idle", "Busy", "Wait", "Flow", "endgame", "accept_all", "progress", "Idle_Ask", "atomic", "to_exporter_2")
FINAL_NAMES = ("Over", "Gone", "end")
CALLED_NAMES = ("Login", "Check")
LONE_NAMES = ("Lone", "Later")
TERMINAL_FORMS = ("one {}", "{}", ";", "one { }")
OTHER = {"!": "?", "?": "!"}


class Generator:
    def __init__(self, rng):
        self.rng = rng

    def chance(self, probability):
        return self.rng.random() < probability

    def file(self, number):
        rng = self.rng
        self.style = rng.choices(("turns", "guess", "mixed", "wild"), (35, 20, 35, 10))[0]
        base = self.contract(f"C{number}")
        contracts = [base]
        if self.chance(0.2):
            contracts.append(self.derived(base, f"C{number}D"))
        self.add_endpoints(contracts)
        return {"namespace": f"R{number}", "contracts": contracts}

    def contract(self, name):
        rng = self.rng

        def few(names, low, high):
            return rng.sample(names, rng.randint(low, min(high, len(names))))

        self.sends, self.receives = few(OUT_NAMES, 1, 4), few(IN_NAMES, 1, 4)
        both = few(BOTH_NAMES, 1, 2) if self.chance(0.2) else []
        messages = [["in", m, ""] for m in self.receives] + [["out", m, ""] for m in self.sends] + [["", m, ""] for m in both]
        rng.shuffle(messages)
        self.sends, self.receives = self.sends + both, self.receives + both
        self.finals = few(FINAL_NAMES, 1, 2) if self.chance(0.7) else []
        self.called = few(CALLED_NAMES, 1, 2) if self.chance(0.25) else []
        self.mains = few(STATE_NAMES, 1, 4)
        self.signs = {s: rng.choice("!?") for s in self.mains + self.called}
        states = [self.state(s, self.mains + self.finals, self.called) for s in self.mains]
        # A called state leads only to what stands behind it, so calls and their jumps end.
        for i, s in enumerate(self.called):
            states.append(self.state(s, self.finals, self.called[i + 1:], ending=0.6))
        states += [self.terminal(s) for s in self.finals]
        if self.chance(0.15):
            states.append(self.state(rng.choice(LONE_NAMES), self.mains + self.finals, self.called))
        rest = states[1:]
        if self.chance(0.3):
            rng.shuffle(rest)
        return {"name": name, "base": "", "messages": messages, "states": states[:1] + rest}

    def derived(self, base, name):
        new = self.rng.sample(NEW_NAMES, self.rng.randint(1, 2))
        own = {"name": name, "base": base["name"], "messages": [["out", m, ""] for m in new], "states": []}
        open_states = [s for s in base["states"] if s["sequences"] and s["kind"] == "one" and s["name"] in self.mains]
        for state in self.rng.sample(open_states, min(len(open_states), self.rng.randint(0, 2))):
            self.sends, kept = new if self.chance(0.8) else self.sends, self.sends
            self.signs[state["name"]], sign = "!", self.signs[state["name"]]
            added = self.state(state["name"], self.mains + self.finals + ["Fresh"], [], most=2)
            added["override"] = True
            if added["kind"] == "all":
                continue
            own["states"].append(added)
            self.sends, self.signs[state["name"]] = kept, sign
        self.sends = self.sends + new
        own["states"].append(self.state("Fresh", self.mains + self.finals, self.called))
        return own

    def add_endpoints(self, contracts):
        for contract in contracts:
            for message in contract["messages"]:
                if self.chance(0.08):
                    other = self.rng.choice(contracts)
                    end, state = self.rng.choice(("Exp", "Imp")), self.rng.choice(self.mains + self.finals + list(LONE_NAMES))
                    if any(s["name"] == state for c in contracts for s in c["states"] if c["name"] in (other["name"], other["base"])):
                        message[2] = f"{other['name']}.{end}:{state}! ep"

    def terminal(self, name):
        return {"name": name, "override": False, "kind": "one", "form": self.rng.choice(TERMINAL_FORMS), "sequences": []}

    def state(self, name, targets, callable_states, ending=0.12, most=3):
        sign = self.signs.setdefault(name, self.rng.choice("!?"))
        count = self.rng.choices((1, 2, 3), (45, 40, 15))[0]
        self.taken = set()
        result = self.terminal(name)
        result["form"] = ""
        if self.chance(0.04):
            result["kind"] = "all"  # a jump back would multiply the sequences for ever
            targets, callable_states = self.finals, []
        for _ in range(min(count, most)):
            first = self.rng.choice("!?") if self.style == "wild" or (self.style == "mixed" and self.chance(0.4)) else sign
            result["sequences"].append(self.sequence(first, targets, callable_states, ending))
        return result

    def message(self, sign, fresh):
        names = self.sends if sign == "!" else self.receives
        if fresh and self.style in ("turns", "mixed") or self.chance(0.5):
            names = [m for m in names if (m, sign) not in self.taken] or names
        name = self.rng.choice(names)
        if fresh:
            self.taken.add((name, sign))
        return ("act", name, sign)

    def next_sign(self, sign):
        return OTHER[sign] if self.chance({"mixed": 0.7, "wild": 0.5}.get(self.style, 0.8)) else sign

    def sequence(self, sign, targets, callable_states, ending):
        steps, length = [], self.rng.choices((1, 2, 3, 4), (35, 35, 20, 10))[0]
        for i in range(length):
            if i and callable_states and self.chance(0.3):
                steps.append(("state", self.rng.choice(callable_states)))
            elif self.chance(0.15):
                steps.append(self.group(sign, i == 0, 2))
            else:
                steps.append(self.message(sign, i == 0))
            sign = self.next_sign(sign)
        if not steps[0][0] == "state" and callable_states and self.chance(0.1):
            steps.insert(0, ("state", self.rng.choice(callable_states)))
        if targets and not self.chance(ending):
            steps.append(("state", self.rng.choice(targets)))
        return steps

    def group(self, sign, fresh, depth):
        alternatives = []
        for _ in range(self.rng.choices((1, 2, 3), (10, 60, 30))[0]):
            mixed = self.style == "wild" and self.chance(0.3)
            chain = [self.message(OTHER[sign] if mixed else sign, fresh)]
            if depth > 1 and self.chance(0.15):
                chain = [self.group(sign, fresh, depth - 1)]
            if self.chance(0.2):
                chain.append(self.message(self.next_sign(sign), False))
            alternatives.append(chain)
        return ("group", alternatives)


def file(seed, number):
    """The file with this number of this seed."""
    return Generator(random.Random(f"{seed}/{number}")).file(number)


def step_text(step):
    if step[0] == "act":
        return step[1] + step[2]
    if step[0] == "state":
        return step[1]
    return "(" + " or ".join(sequence_text(s) for s in step[1]) + ")"


def sequence_text(steps):
    return " -> ".join(step_text(s) for s in steps)


def state_text(state):
    head = f"        {'override ' if state['override'] else ''}state {state['name']}: "
    if not state["sequences"]:
        return head + (state["form"] or "one {}")
    if len(state["sequences"]) == 1 and state["kind"] == "one":
        return f"{head}{sequence_text(state['sequences'][0])};"
    lines = [f"            {sequence_text(s)};" for s in state["sequences"]]
    return "\n".join([f"{head}{state['kind']} {{", *lines, "        }"])


def text(program):
    lines = [f"namespace {program['namespace']}", "{"]
    for contract in program["contracts"]:
        base = f" : {contract['base']}" if contract["base"] else ""
        lines += [f"    public contract {contract['name']}{base}", "    {"]
        lines += [f"        {f'{direction} ' if direction else ''}message {name}({parameters});"
                  for direction, name, parameters in contract["messages"]]
        lines += [state_text(s) for s in contract["states"]]
        lines.append("    }")
    return "\n".join(lines + ["}", ""])


# Taking parts away. Every candidate is a whole file that declares all it names.

def steps_of(steps):
    for step in steps:
        yield step
        if step[0] == "group":
            for alternative in step[1]:
                yield from steps_of(alternative)


def smaller_sequences(steps):
    """The same sequence with one step or one alternative less."""
    for i, step in enumerate(steps):
        if len(steps) > 1:
            yield steps[:i] + steps[i + 1:]
        if step[0] != "group":
            continue
        for k, alternative in enumerate(step[1]):
            yield steps[:i] + alternative + steps[i + 1:]
            if len(step[1]) > 1:
                yield steps[:i] + [("group", step[1][:k] + step[1][k + 1:])] + steps[i + 1:]
            for less in smaller_sequences(alternative):
                yield steps[:i] + [("group", step[1][:k] + [less] + step[1][k + 1:])] + steps[i + 1:]


def is_complete(program):
    for contract in program["contracts"]:
        family = [c for c in program["contracts"] if c["name"] in (contract["name"], contract["base"])]
        if contract["base"] and len(family) < 2 or not any(c["states"] for c in family):
            return False
        states = {s["name"] for c in family for s in c["states"]}
        messages = {m[1] for c in family for m in c["messages"]}
        inherited = {s["name"] for c in family for s in c["states"] if c is not contract}
        for state in contract["states"]:
            if state["override"] and state["name"] not in inherited:
                return False
            for sequence in state["sequences"]:
                for step in steps_of(sequence):
                    if step[0] == "act" and step[1] not in messages or step[0] == "state" and step[1] not in states:
                        return False
        for message in contract["messages"]:
            if message[2]:
                named, state = message[2].split(".")[0], message[2].split(":")[1].split("!")[0]
                owners = [c for c in program["contracts"] if c["name"] == named]
                owners += [c for c in program["contracts"] for o in owners if o["base"] == c["name"]]
                if not any(s["name"] == state for c in owners for s in c["states"]):
                    return False
    return True


def shrink(program):
    """Smaller files, the largest cuts first."""
    def changed(change):
        result = copy.deepcopy(program)
        change(result["contracts"])
        return result

    def candidates():
        for i, contract in enumerate(program["contracts"]):
            yield changed(lambda c: c.pop(i))
            for k in range(len(contract["states"])):
                yield changed(lambda c: c[i]["states"].pop(k))
        for i, contract in enumerate(program["contracts"]):
            for k, state in enumerate(contract["states"]):
                for n in range(len(state["sequences"])):
                    yield changed(lambda c: c[i]["states"][k]["sequences"].pop(n))
            for k in range(len(contract["messages"])):
                yield changed(lambda c: c[i]["messages"].pop(k))
                if contract["messages"][k][2]:
                    yield changed(lambda c: c[i]["messages"][k].__setitem__(2, ""))
        for i, contract in enumerate(program["contracts"]):
            for k, state in enumerate(contract["states"]):
                if state["kind"] == "all":
                    yield changed(lambda c: c[i]["states"][k].__setitem__("kind", "one"))
                for n, sequence in enumerate(state["sequences"]):
                    for less in smaller_sequences(sequence):
                        yield changed(lambda c: c[i]["states"][k]["sequences"].__setitem__(n, less))

    return (c for c in candidates() if c["contracts"] and is_complete(c))


if __name__ == "__main__":
    import sys
    seed, count = sys.argv[1:3] if len(sys.argv) > 2 else ("1", "3")
    for n in range(int(count)):
        print(text(file(seed, n)))
