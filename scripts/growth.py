"""Inputs that grow: `inputs()` gives a name and a function from n to a text of some n parts of one kind, for every
kind of token and construct that invites a quadratic way through it. scripts/bench measures n and 4n."""

SERVICE = "in message Ask(); out message Answer();"
LOOP = "state Start: Ask? -> Answer! -> Start;"


def lines(count, text):
    return "\n".join(text.format(i=i, next=i + 1) for i in range(count))


def contract(body, head="contract C"):
    return f"{head}\n{{\n{body}\n}}\n"


def service(body):
    return contract(f"{SERVICE}\n{LOOP}\n{body}")


def repeated(word):
    return lambda n: service("") + word * n


def inside(word):
    return lambda n: service(word * n)


def in_state(sequences):
    return service(f"state S: one {{\n{sequences}\n}}")


TOKENS = {
    "names": "name ", "numbers": "1 ", "strings": '"text" ', "character literals": "'x' ", "open braces": "{", "closed braces": "}",
    "open parentheses": "(", "closed parentheses": ")", "open brackets": "[", "closed brackets": "]", "less": "<",
    "greater": ">", "semicolons": ";", "colons": ":", "commas": ",", "dots": "a.", "signs": "m!? ", "stars": "*",
    "equals": "=", "arrows": "-> ", "other characters": "$ ", "quotes": "\"\n", "verbatim strings": "@\"", "apostrophes": "' ",
    "open comments": "/* ", "line comments": "// x\n", "empty lines": "\n", "no-break spaces": "\u00a0", "words": "state ",
    "directions": "in ", "#if": "#if A\n", "#endif": "#endif\n", "#else": "#else\n", "#define": "#define A\n",
    "contracts without name": "contract ", "attributes": "[A] ", "messages without name": "message ", "usings": "using A; ",
    "namespaces": "namespace A { ", "classes": "class A { ", "channels": "C.NewChannel(a, b, ",
}


def chain(n):
    """A hundred contracts, each derived from the one before, n states in the first."""
    first = contract(SERVICE + "\nstate Start: Ask? -> Answer! -> S0;\n" + lines(n // 100, "state S{i}: Ask? -> Answer! -> Start;"),
                     "contract B0")
    return first + lines(99, "contract B{next} : B{i} {{ out message N{i}(); override state Start: one {{ N{i}! -> Start; }} }}")


def deep_chain(n):
    return contract(f"{SERVICE}\n{LOOP}", "contract B0") + lines(n, "contract B{next} : B{i} {{ out message N{i}(); }}")


CONSTRUCTS = {
    "states": lambda n: service(lines(n, "state S{i}: Ask? -> Answer! -> S{next};") + f"state S{n}: Ask? -> Answer! -> S0;"),
    "states in one contract, unreached": lambda n: service(lines(n, "state S{i}: Ask? -> Answer! -> Start;")),
    "messages": lambda n: contract(lines(n, "out message M{i}();") + "state S: one {\n" + lines(n, "M{i}! -> S;") + "\n}"),
    "unused messages": lambda n: service(lines(n, "out message M{i}(int a);")),
    "messages of one name": lambda n: service(lines(n, "out message M();")),
    "states of one name": lambda n: service(lines(n, "state S: Ask? -> Answer! -> S;")),
    "contracts": lambda n: lines(n, f"contract C{{i}} {{{{ {SERVICE} {LOOP} }}}}"),
    "contracts of one name": lambda n: lines(n, f"contract C {{{{ {SERVICE} {LOOP} }}}}"),
    "namespaces with one name each": lambda n: lines(n, f"namespace N{{i}} {{{{ contract C {{{{ {SERVICE} {LOOP} }}}} }}}}"),
    "bases that are missing": lambda n: lines(n, "contract C{i} : Missing{i} {{ out message M(); state S: M! -> S; }}"),
    "bases in a circle": lambda n: lines(n, "contract C{i} : C{next} {{ out message M{i}(); }}") + f"contract C{n} : C0 {{ }}",
    "a chain of bases": deep_chain,
    "a chain of overrides": chain,
    "unknown messages": lambda n: in_state(lines(n, "Unknown{i}! -> Start;")),
    "unknown states": lambda n: in_state(lines(n, "Ask? -> Unknown{i};")),
    "unknown among many": lambda n: service(lines(n, "out message Known{i}();") + "\nstate S: one {\n"
                                            + lines(n, "Unknwn{i}! -> Start;") + "\n}"),
    "sequences": lambda n: in_state(lines(n, "Ask? -> Answer! -> Start;")),
    "a long sequence": lambda n: in_state("Ask? -> Answer! -> " * n + "Start;"),
    "alternatives": lambda n: in_state("(" + " or ".join(["Answer!"] * n) + ") -> Start;"),
    "nested groups": lambda n: "".join(in_state("(" * 150 + "Answer!" + ")" * 150 + " -> Start;") for _ in range(n // 150 + 1)),
    "too deep groups": lambda n: in_state("(" * n + "Answer!" + ")" * n + " -> Start;"),
    "calls": lambda n: service(lines(n, "state S{i}: S{next} -> Answer! -> Start;") + f"state S{n}: Ask? -> T; state T: one {{}}"),
    "calls of one state": lambda n: service("state T: one {}\nstate Sub: Ask? -> T;\n"
                                            + lines(n, "state S{i}: Sub -> Answer! -> Start;")),
    "jumps": lambda n: service(lines(n, "state S{i}: S{next};") + f"state S{n}: Ask? -> Answer! -> Start;"),
    "a product": lambda n: contract(lines(n, "out message M{i}();") + "state S: all {\n" + lines(n, "M{i}!;") + "\n}"),
    "parameters": lambda n: service("out message M(" + ", ".join(f"int a{i}" for i in range(n)) + ");"),
    "endpoint parameters": lambda n: service(lines(n, "out message M{i}(C.Imp:Start e);")),
    "type arguments": lambda n: service("out message M(List" + "<int" * n + ">" * n + " x);"),
    "nested types": lambda n: service(lines(n, "struct T{i} {{ C.Imp:Start e; }}")),
    "errors": lambda n: service(lines(n, "state S{i} Ask? -> ;")),
    "missing braces": lambda n: lines(n, "contract C{i} {{ out message M(); state S: one {{ M! -> S;"),
    "one long line": lambda n: service(" ".join(f"state S{i}: Ask? Answer! -> Start;" for i in range(n))),
    "using directives": lambda n: lines(n, "using A{i};") + lines(n, "contract C{i} : B {{ }}"),
    "aliases": lambda n: lines(n, "using A{i} = B{i};") + lines(n, "contract C{i} : A{i} {{ }}"),
    "conditions": lambda n: "#if " + " || ".join(["A"] * n) + "\n#endif\n" + service(""),
    "junk conditions": lambda n: lines(n, "#if A +\n#endif") + service(""),
    "nested conditions": lambda n: "#if A\n" * n + "#endif\n" * n + service(""),
    "entries": lambda n: service(lines(n, "state S{i}: Ask? -> Answer! -> S{i};\nout message M{i}(C.Imp:S{i} e);")),
}


def inputs():
    """Name and function, tokens in code, tokens in a contract, constructs."""
    for name, word in TOKENS.items():
        yield f"{name} in code", repeated(word)
        yield f"{name} in a contract", inside(word)
    yield from CONSTRUCTS.items()
