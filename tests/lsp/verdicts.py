#!/usr/bin/env python3
"""Verdicts in hover: the real engines run behind the editor's back."""
import os
import time

from harness import main, place

GATE = """\
contract Gate {
    in message Open();
    out message Opened();
    state Shut: Open? -> Opened! -> Shut;
}
"""
STUCK = GATE.replace("Open? -> Opened! -> Shut", "one { Open? -> Opened! -> Shut; Opened! -> Shut; }")


def hover(client, uri, text, mark="Shut"):
    return client.at(uri, *place(text, mark), "hover")["contents"]["value"]


def wait_for(client, uri, text, words, mark="Shut", seconds=240):
    """The hover text once it holds the words; they must come by themselves."""
    end = time.monotonic() + seconds
    while True:
        shown = hover(client, uri, text, mark)
        if words in shown:
            return shown
        assert time.monotonic() < end, f"never shown: {words}\n{shown}"
        time.sleep(0.02)


def start(world, **how):
    return world.client(options={"verify": True, "verifyDelayMs": 0}, **how)


def test_proved_and_violated(world):
    client = start(world)
    uri = client.open(world.write("gate.sg", GATE))
    assert "proved" not in hover(client, uri, GATE)
    shown = wait_for(client, uri, GATE, "`deadlock-free`: proved, for any queue length")
    assert "Gate, verified:" in shown and "violated" not in shown, shown
    client.change(uri, 2, {"text": STUCK})
    shown = wait_for(client, uri, STUCK, "violated after")
    assert "older text" not in shown, shown
    # A message and the contract show the same verdicts.
    assert "violated after" in hover(client, uri, STUCK, "Opened") and "violated after" in hover(client, uri, STUCK, "Gate")
    assert client.stop() == 0


def test_older_text(world):
    """Until the new text is verified the verdict of the old one is shown as such; a comment changes nothing."""
    client = world.client(options={"verify": True, "verifyDelayMs": 1500})
    uri = client.open(world.write("gate.sg", GATE))
    wait_for(client, uri, GATE, "verified:")
    client.change(uri, 2, {"text": "// a comment\n\n" + GATE})
    shown = hover(client, uri, "// a comment\n\n" + GATE)
    assert "verified:" in shown and "older" not in shown, shown
    client.change(uri, 3, {"text": STUCK})
    shown = hover(client, uri, STUCK)
    assert "verified as it was in an older text" in shown and "proved" in shown, shown
    shown = wait_for(client, uri, STUCK, "violated after")
    assert "older text" not in shown, shown


def test_no_engine(world):
    environment = {**os.environ, "SINGSPIN_SPIN": ""}
    client = start(world, environment=environment)
    uri = client.open(world.write("gate.sg", GATE))
    shown = wait_for(client, uri, GATE, "engine:")
    assert "Gate, not verified:\n\n* engine: there is no program `spin`" in shown and "proved" not in shown, shown
    assert client.stop() == 0


def test_switched_off(world):
    client = world.client()
    uri = client.open(world.write("gate.sg", GATE))
    client.diagnostics(uri, 1)
    time.sleep(0.5)
    assert "verified" not in hover(client, uri, GATE)


def test_errors_and_missing_input(world):
    client = start(world)
    text = "contract A { out message X(); state S: X! -> -> S; }\n"
    uri = client.open(world.folder / "a.sg", text)
    assert "not analysed: the contract has errors" in hover(client, uri, text, "S:")
    text = "contract B : Missing { state S: X! -> T; state T: ; }\n"
    uri = client.open(world.folder / "b.sg", text)
    assert "not verified: its base is not loaded" in hover(client, uri, text, "S:")


def test_stops_with_the_session(world):
    """A verification that takes long is stopped by a change and by the end; no engine stays behind."""
    wide = "contract Wide {\n" + "".join(f"  in message M{i}(); out message A{i}();\n" for i in range(400)) + "".join(
        f"  state S{i}: one {{ M{i}? -> A{i}! -> S{(i + 1) % 400}; M{(i + 7) % 400}? -> A{(i * 3) % 400}! -> S{(i * 5) % 400}; }}\n" for i in range(400)) + "}\n"
    client = start(world)
    uri = client.open(world.folder / "wide.sg", wide)
    client.diagnostics(uri, 1)
    for version in range(2, 8):
        time.sleep(0.05)
        client.change(uri, version, {"text": wide.replace("S399", f"T{version}")})
        client.diagnostics(uri, version)
    assert client.stop() == 0
    # Its engines are its children: the process table shows none.
    left = [p for p in os.listdir("/proc") if p.isdigit() and parent_of(p) == client.process.pid]
    assert left == [], left


def parent_of(process):
    try:
        with open(f"/proc/{process}/stat") as stat:
            return int(stat.read().rpartition(")")[2].split()[1])
    except OSError:
        return None


if __name__ == "__main__":
    main(dict(globals()))
