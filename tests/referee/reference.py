"""What contracts mean, written from sections 8.1 to 8.7 of the language reference and from nothing else.

It reads the part of the live language that generate.py writes, folds contracts into machines, explores the two-party
system and answers in plain values. Slow, short and independent of the tool: it shares no code and no idea with it.
"""
import re
from collections import deque
from dataclasses import dataclass, field

TOKEN = re.compile(r"//[^\n]*|/\*.*?\*/|(?P<token>->|[A-Za-z_]\w*|\S)", re.DOTALL)
FAULTS = ("stuck", "unspecified-reception", "orphan-message", "final-with-pending")
ENDPOINT = re.compile(r"([A-Za-z_][\w.]*)\.(?:Exp|Imp)(?::([A-Za-z_]\w*))?")


class TooLarge(Exception):
    """More configurations than one was willing to look at."""


# Steps. Two steps are the same only if they stand at the same place of the text, so they compare by identity; the state
# at the end of a sequence is the same from wherever one comes.

@dataclass(eq=False)
class Action:
    message: str
    sign: str  # "!" Exp sends, "?" Exp receives


@dataclass(eq=False)
class Group:
    alternatives: list


@dataclass(frozen=True)
class AtState:
    name: str
    call: int = 0  # the place of a call; a jump, the last step of its sequence, has none


@dataclass(frozen=True)
class Parallel:  # what is left of the sequences of an `all` state
    parts: tuple


@dataclass
class State:
    kind: str = "one"
    sequences: list = field(default_factory=list)


@dataclass
class Contract:
    name: str
    base: str = ""
    messages: list = field(default_factory=list)
    states: dict = field(default_factory=dict)
    overrides: list = field(default_factory=list)
    endpoint_states: list = field(default_factory=list)  # (contract, state) named in endpoint types


class Parser:
    def __init__(self, text):
        self.tokens = [m.group("token") for m in TOKEN.finditer(text) if m.group("token")] + [""]
        self.at = 0

    def peek(self, ahead=0):
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def take(self, expected=None):
        token = self.tokens[self.at]
        if expected is not None and token != expected:
            raise SyntaxError(f"expected {expected}, found {token or 'the end'}")
        self.at += 1
        return token

    def accept(self, token):
        if self.peek() != token:
            return False
        self.at += 1
        return True

    def contracts(self):
        found = []
        while self.peek():
            if self.peek() == "contract":
                found.append(self.contract())
            else:
                self.at += 1
        return found

    def contract(self):
        self.take("contract")
        result = Contract(self.take())
        if self.accept(":"):
            result.base = self.take()
        self.take("{")
        while not self.accept("}"):
            if self.peek() in ("in", "out", "message"):
                self.message(result)
            elif self.peek() in ("override", "state"):
                self.state(result)
            elif not self.accept(";"):
                raise SyntaxError(f"no member begins with {self.peek()}")
        return result

    def message(self, contract):
        while self.take() != "message":
            pass
        contract.messages.append(self.take())
        self.take("(")
        parameters = ""
        while self.peek() != ")":
            word = self.take()
            parameters += word if word in ".:" else f" {word}" if not parameters.endswith((".", ":")) else word
        contract.endpoint_states += ENDPOINT.findall(parameters)
        self.take(")")
        self.take(";")

    def state(self, contract):
        override = self.accept("override")
        self.take("state")
        name = self.take()
        self.take(":")
        state = self.body()
        if override:
            contract.overrides.append((name, state))
        else:
            contract.states[name] = state

    def body(self):
        if self.accept(";"):
            return State()
        kind = self.take() if self.peek() in ("one", "all") and self.peek(1) == "{" else "one"
        if not self.accept("{"):
            state = State("one", [self.sequence()])
            self.take(";")
            return state
        state = State(kind)
        while not self.accept("}"):
            if not self.accept(";"):
                state.sequences.append(self.sequence())
        return state

    def sequence(self):
        steps = [self.step()]
        while self.accept("->"):
            if isinstance(steps[-1], AtState):
                steps[-1] = AtState(steps[-1].name, self.at)
            steps.append(self.step())
        return tuple(steps)

    def step(self):
        if self.accept("("):
            alternatives = [self.sequence()]
            while self.accept("or"):
                alternatives.append(self.sequence())
            self.take(")")
            return Group(alternatives)
        name = self.take()
        return Action(name, self.take()) if self.peek() in ("!", "?") else AtState(name)


def read(text):
    """Name -> contract, each with what it inherits: base members first, overrides appended (8.8, extension)."""
    declared = {c.name: c for c in Parser(text).contracts()}
    resolved = {}

    def resolve(name):
        if name in resolved:
            return resolved[name]
        own = declared[name]
        whole = Contract(name, own.base, endpoint_states=own.endpoint_states)
        if own.base:
            base = resolve(own.base)
            whole.messages += base.messages
            whole.states = {n: State(s.kind, list(s.sequences)) for n, s in base.states.items()}
        whole.messages += own.messages
        whole.states.update(own.states)
        for state, added in own.overrides:
            whole.states[state].sequences += added.sequences
        return resolved.setdefault(name, whole)

    return {name: resolve(name) for name in declared}


# Folding (8.1). A residual is a tuple: what is still to be done, first things first.

@dataclass
class Transition:
    message: str
    sign: str
    target: int


@dataclass
class Node:
    name: str
    transitions: list = field(default_factory=list)
    states: set = field(default_factory=set)  # named states whose actions are offered here

    def final(self):
        return not self.transitions

    def signs(self):
        return [t.sign for t in self.transitions]

    def mixed(self):
        return len(set(self.signs())) > 1

    def labels(self):
        return [(t.message, t.sign) for t in self.transitions]


class Machine:
    """The folded contract: nodes[0] is the initial one."""

    def __init__(self, contract):
        self.contract = contract
        self.nodes = []
        self.ids = {}
        self.names = set()
        self.returned = set()
        self.start = self.node_of_state(next(iter(contract.states)))

    def node_of_state(self, name):
        """The node of a named state with nothing pending; finds all it leads to, breadth first."""
        residual = (AtState(name),)
        if residual not in self.ids:
            todo = deque([residual])
            self.add(residual, name)
            while todo:
                todo += self.unfold(todo.popleft())
        return self.ids[residual]

    def add(self, residual, path):
        if not residual:
            name = "<end>"
        elif all(isinstance(s, AtState) and not s.call for s in residual):
            name = ">".join(step.name for step in residual)
        else:
            name = path
        unique, number = name, 2
        while unique in self.names:
            unique, number = f"{name}#{number}", number + 1
        self.names.add(unique)
        self.ids[residual] = len(self.nodes)
        self.nodes.append(Node(unique))

    def unfold(self, residual):
        node = self.nodes[self.ids[residual]]
        found = []
        for action, rest in self.first(residual, node.states):
            passed = set()
            rest = self.normal(rest, passed)
            if rest not in self.ids:
                self.add(rest, f"{node.name}/{action.message}")
                found.append(rest)
            self.nodes[self.ids[rest]].states |= passed
            node.transitions.append(Transition(action.message, action.sign, self.ids[rest]))
        return found

    def terminal(self, name):
        return name not in self.contract.states or not self.contract.states[name].sequences

    def normal(self, residual, passed):
        """Terminal states return to what is pending, finished parts of an `all` are dropped."""
        while residual:
            head, rest = residual[0], residual[1:]
            if isinstance(head, AtState) and not head.call and rest and self.terminal(head.name):
                passed.add(head.name)
                residual = rest
            elif isinstance(head, Parallel):
                parts = tuple(p for p in (self.normal_part(p, passed) for p in head.parts) if p)
                if len(parts) > 1:
                    return (Parallel(parts),) + rest
                residual = (parts[0] if parts else ()) + rest
            else:
                return residual
        return residual

    def normal_part(self, part, passed):
        part = self.normal(part, passed)
        finished = len(part) == 1 and isinstance(part[0], AtState) and self.terminal(part[0].name)
        return () if finished else part

    def first(self, residual, entered):
        """The actions possible first, in textual order, each with what is left after it."""
        if not residual:
            return []
        head, rest = residual[0], residual[1:]
        if isinstance(head, Action):
            return [(head, rest)]
        if isinstance(head, Group):
            return [found for a in head.alternatives for found in self.first(tuple(a) + rest, entered)]
        if isinstance(head, Parallel):
            return [(action, (Parallel(head.parts[:i] + (left,) + head.parts[i + 1:]),) + rest)
                    for i, part in enumerate(head.parts) for action, left in self.first(part, entered)]
        entered.add(head.name)
        if self.terminal(head.name):
            return self.first(rest, entered)
        state = self.contract.states[head.name]
        if state.kind == "all":
            return self.first(self.normal((Parallel(tuple(state.sequences)),) + rest, entered), entered)
        return [found for s in state.sequences for found in self.first(s + rest, entered)]

    def reached(self, start):
        seen, todo = {start}, [start]
        while todo:
            for t in self.nodes[todo.pop()].transitions:
                if t.target not in seen:
                    seen.add(t.target)
                    todo.append(t.target)
        return seen


# Exploring (8.2 to 8.5).

def receives(node, head, sign):
    return any(t.sign == sign and t.message == head for t in node.transitions)


class System:
    """Exp runs the machine, Imp its dual. A configuration is (exp, imp, to_imp, to_exp)."""

    def __init__(self, machine, start, reading="free"):
        self.machine, self.start, self.reading = machine, start, reading

    def initial(self):
        return (self.start, self.start, (), ())

    def restrained(self, node, inbox, party):
        """8.7: the restrained party may send with an empty queue or a head it could not receive here."""
        if self.reading == "free" or not node.mixed():
            return False
        if party != ("exp" if node.transitions[0].sign == "?" else "imp"):
            return False
        return bool(inbox) and receives(node, inbox[0], "?" if party == "exp" else "!")

    def steps(self, configuration, room=None):
        """[(step text, next configuration)] and whether a send was left out for lack of room."""
        exp, imp, to_imp, to_exp = configuration
        exp_node, imp_node = self.machine.nodes[exp], self.machine.nodes[imp]
        found, cut = [], False
        hold_exp = self.restrained(exp_node, to_exp, "exp")
        hold_imp = self.restrained(imp_node, to_imp, "imp")
        for t in exp_node.transitions:
            if t.sign == "!" and not hold_exp:
                if room is None or len(to_imp) < room:
                    found.append((f"E!{t.message}", (t.target, imp, to_imp + (t.message,), to_exp)))
                else:
                    cut = True
            elif t.sign == "?" and to_exp and to_exp[0] == t.message:
                found.append((f"E?{t.message}", (t.target, imp, to_imp, to_exp[1:])))
        for t in imp_node.transitions:
            if t.sign == "?" and not hold_imp:
                if room is None or len(to_exp) < room:
                    found.append((f"I!{t.message}", (exp, t.target, to_imp, to_exp + (t.message,))))
                else:
                    cut = True
            elif t.sign == "!" and to_imp and to_imp[0] == t.message:
                found.append((f"I?{t.message}", (exp, t.target, to_imp[1:], to_exp)))
        return found, cut

    def faults(self, configuration, has_step, cut):
        exp, imp, to_imp, to_exp = configuration
        exp_node, imp_node = self.machine.nodes[exp], self.machine.nodes[imp]
        both_final = exp_node.final() and imp_node.final()
        if not has_step and not cut and not both_final:
            yield "stuck"
            if not to_imp and not to_exp:
                yield "deadlock"
        for node, inbox, sign in ((exp_node, to_exp, "?"), (imp_node, to_imp, "!")):
            if not node.final() and set(node.signs()) == {sign} and inbox and not receives(node, inbox[0], sign):
                yield "unspecified-reception"
            if node.mixed() and inbox and not receives(node, inbox[0], sign):
                yield "head-not-receivable"
            if node.final() and not both_final and inbox:
                yield "final-with-pending"
        if both_final and (to_imp or to_exp):
            yield "orphan-message"


@dataclass
class Exploration:
    room: int
    cut: bool = False
    configurations: int = 0
    steps: int = 0
    longest: tuple = (0, 0)
    half_duplex: bool = True
    nearest: dict = field(default_factory=dict)  # fault -> number of steps to the nearest one
    exp_at: set = field(default_factory=set)
    imp_at: set = field(default_factory=set)


def explore(system, room, limit):
    result = Exploration(room)
    distance = {system.initial(): 0}
    todo = deque(distance)
    while todo:
        here = todo.popleft()
        exp, imp, to_imp, to_exp = here
        result.exp_at.add(exp)
        result.imp_at.add(imp)
        result.longest = (max(result.longest[0], len(to_imp)), max(result.longest[1], len(to_exp)))
        result.half_duplex &= not (to_imp and to_exp)
        found, cut = system.steps(here, room)
        result.cut |= cut
        result.steps += len(found)
        for fault in system.faults(here, bool(found), cut):
            result.nearest.setdefault(fault, distance[here])
        for _, there in found:
            if there not in distance:
                if len(distance) >= limit:
                    raise TooLarge
                distance[there] = distance[here] + 1
                todo.append(there)
    result.configurations = len(distance)
    return result


def doomed(system, room, limit):
    """Configurations from which every run meets a fault, by going back from the faults."""
    before, open_steps, lost = {}, {}, []
    todo, seen = deque([system.initial()]), {system.initial()}
    while todo:
        here = todo.popleft()
        found, cut = system.steps(here, room)
        if set(FAULTS) & set(system.faults(here, bool(found), cut)):
            lost.append(here)
        open_steps[here] = len(found)
        for _, there in found:
            before.setdefault(there, []).append(here)
            if there not in seen:
                if len(seen) >= limit:
                    raise TooLarge
                seen.add(there)
                todo.append(there)
    result = set(lost)
    while lost:
        for here in before.get(lost.pop(), []):
            open_steps[here] -= 1
            if open_steps[here] == 0 and here not in result:
                result.add(here)
                lost.append(here)
    return result


def on_send_cycle(machine, sign, at):
    """Whether one of the nodes `at` lies on a cycle of transitions with this sign."""
    def followers(node):
        return {t.target for t in machine.nodes[node].transitions if t.sign == sign}

    for node in at:
        seen, todo = set(), [node]
        while todo:
            for target in followers(todo.pop()):
                if target == node:
                    return True
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
    return False


@dataclass
class Bound:
    exploration: Exploration = None  # at the smallest exact bound, else at the last one that could be explored
    kind: str = "unknown"            # exact, unbounded, unknown


def find_bound(system, limit):
    """8.5: K = 1, 2, 4, 8 and only if still undecided 16, 32, 64."""
    bound = Bound()
    try:
        for room in (1, 2, 4, 8, 16, 32, 64):
            bound.exploration = explore(system, room, limit)
            if not bound.exploration.cut:
                bound.kind = "exact"
                return bound
            if room >= 8 and has_send_cycle(system.machine, bound.exploration):
                bound.kind = "unbounded"
                return bound
    except TooLarge:
        pass
    return bound


def has_send_cycle(machine, exploration):
    return on_send_cycle(machine, "!", exploration.exp_at) or on_send_cycle(machine, "?", exploration.imp_at)


# Synchronizability (8.6): both sides are made deterministic and compared word by word.

def synchronizable(machine, start, limit=20000):
    system = System(machine, start)

    def closed(configurations):
        seen, todo = set(configurations), list(configurations)
        while todo:
            for step, there in system.steps(todo.pop(), 1)[0]:
                if step[1] == "?" and there not in seen:
                    seen.add(there)
                    todo.append(there)
        return frozenset(seen)

    def sends(configurations):
        by_label = {}
        for here in configurations:
            for step, there in system.steps(here, 1)[0]:
                if step[1] == "!":
                    by_label.setdefault(step, set()).add(there)
        return by_label

    def together(pairs, label):
        sign, message = ("!" if label[0] == "E" else "?"), label[2:]
        return frozenset((e.target, i.target) for exp, imp in pairs
                         for e in machine.nodes[exp].transitions if (e.message, e.sign) == (message, sign)
                         for i in machine.nodes[imp].transitions if (i.message, i.sign) == (message, sign))

    def finished(exp, imp):
        return machine.nodes[exp].final() and machine.nodes[imp].final()

    first = (closed([system.initial()]), frozenset([(start, start)]))
    seen, todo = {first}, [first]
    while todo:
        queued, joint = todo.pop()
        if any(finished(c[0], c[1]) and not c[2] and not c[3] for c in queued) and not any(finished(*p) for p in joint):
            return False
        for label, targets in sends(queued).items():
            following = (closed(targets), together(joint, label))
            if not following[1]:
                return False
            if following not in seen:
                if len(seen) >= limit:
                    raise TooLarge
                seen.add(following)
                todo.append(following)
    return True


# A contract as a whole.

@dataclass
class Subject:
    """A contract, its machine and where runs start."""
    contract: Contract
    machine: Machine
    entries: list  # nodes; the first one is the initial node

    def mixed(self):
        return any(node.mixed() for node in self.machine.nodes)


def subjects(text):
    """Every contract of a file; entries are states named in endpoint types that the start does not lead to (8.8)."""
    contracts = read(text)
    named = [pair for c in contracts.values() for pair in c.endpoint_states]
    result = {}
    for name, contract in contracts.items():
        if not contract.states:
            continue
        machine = Machine(contract)
        entries = [machine.start]
        led_to = {state for n in machine.reached(machine.start) for state in machine.nodes[n].states}
        for state in contract.states:
            if (name, state) in named and state not in led_to:
                entries.append(machine.node_of_state(state))
        for state in contract.states:
            if not any(state in node.states for node in machine.nodes):
                machine.node_of_state(state)
        result[name] = Subject(contract, machine, entries)
    return result


def unreached(subject):
    """Named states that no run enters and messages that no run sends. A run in which the parties take turns takes any
    path of the machine, so the paths decide."""
    nodes = set().union(*(subject.machine.reached(e) for e in subject.entries))
    entered = set().union(*(subject.machine.nodes[n].states for n in nodes))
    sent = {t.message for n in nodes for t in subject.machine.nodes[n].transitions}
    return ([s for s in subject.contract.states if s not in entered],
            [m for m in subject.contract.messages if m not in sent])
