#!/usr/bin/env python3
"""The reference explorer against the values of section 9 of the language reference, and the referee against mistakes.

    reference_test.py                  # the reference alone
    reference_test.py --tool PATH      # and that the referee sees each of some planted mistakes
"""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import generate  # noqa: E402
import reference  # noqa: E402
import run_referee  # noqa: E402

# name, text, then for each contract: nodes, transitions, exact bound, configurations, steps, longest queues to Imp and
# to Exp, steps to the nearest of each fault, synchronizable, half-duplex, steps in the priority reading.
SAMPLES = {
    "Kettle": ("""contract Kettle { out message Ready(); in message Boil(int degrees, char[]! in ExHeap owner);
        out message Hot(); out message Dry(); in message SwitchOff();
        state Start : Ready! -> Cold;
        state Cold : one { Boil? -> (Hot! or Dry!) -> Cold; SwitchOff? -> Gone; }
        state Gone : one {} }""",
               (4, 5, 1, 9, 10, (1, 1), {}, True, True, None)),
    "Valve": ("""contract Valve { in message Open(); out message Shut(); in message Seal(); out message Report();
        state Idle: one { Open? -> Opening; Shut! -> Closing; }
        state Opening: Shut! -> Report! -> Idle;
        state Closing: Open? ->
            Seal? -> Idle; }""",
              (5, 6, 4, 21, 30, (3, 3), {"stuck": 4, "deadlock": 4}, True, False, 29)),
    "Timer": ("""contract Timer { in message Abort(); in message Ok(); out message Tick(long when); out message Gone();
        state Run: one { Abort? -> Aborting; Tick! -> Ticked; }
        state Ticked: one { Ok? -> Run; Abort? /* crossed: Abort -> Tick */ -> Gone! -> Over; }
        state Aborting: one { Gone! -> Over; Tick! -> Gone! -> Over; }
        state Over: ; }""",
              (6, 8, 2, 20, 28, (2, 2), {}, True, False, 27)),
    "Spooler": ("""contract Spooler { state Idle: one { Job? -> Accepted! -> Idle; Job? -> Refused! -> Idle; }
        in message Job(byte[]! in ExHeap page); out message Accepted(); out message Refused(int reason); }""",
                (3, 4, 1, 11, 12, (1, 1), {"stuck": 3, "unspecified-reception": 3}, True, True, None)),
    "Parcel": ("""contract Parcel { in message Withdraw(); out message Expire();
        state Listed: one { Withdraw? -> Closed; Expire! -> Closed; } state Closed: {} }""",
               (2, 2, 1, 5, 6, (1, 1), {"orphan-message": 2}, False, False, 5)),
    "Toaster": ("""contract Appliance { out message Refused(); out message Later(int seconds); in message Retry();
        state Start : one { Refused! -> Off; Later! -> Retry? -> Start; } state Off : one {} }
        contract Toaster: Appliance { in message Toast(int shade); out message Ready(); out message Done(); out message Burnt();
        override state Start : one { Ready! -> Waiting; }
        state Waiting : one { Toast? -> (Done!
                       or Burnt!
                      ) -> Waiting; } }""",
                (5, 7, 1, 12, 14, (1, 1), {}, True, True, None)),
    "Appliance": ("""contract Appliance { out message Refused(); out message Later(int seconds); in message Retry();
        state Start : one { Refused! -> Off; Later! -> Retry? -> Start; } state Off : one {} }""",
                  (3, 3, 1, 6, 6, (1, 1), {}, True, True, None)),
    "Chat": ("contract Chat { in message Say(char[]! in ExHeap text); out message Echo(); state Waiting: Say? -> Echo! -> Waiting; }",
             (2, 2, 1, 4, 4, (1, 1), {}, True, True, None)),
    "Desk": ("""contract Desk { in message Assign(Chat.Exp:Waiting! line); in message Invite(Chat.Imp:Waiting! line); out message Taken();
        state Open: one { Assign? -> Taken! -> Open; Invite? -> Taken! -> Open; } }""",
             (3, 4, 1, 7, 8, (1, 1), {}, True, True, None)),
    "Clinic": ("""contract Clinic { in message Card(int number); in message NoCard(); out message Known(); out message Unknown();
        in message Visit(); in message Leave(); out message Bill(long cents);
        state Door: Admit -> Inside;
        state Admit: one { Card? -> (Known! or Unknown!); NoCard? -> Unknown!; }
        state Inside: one { Visit? -> Admit -> Bill! -> Inside; Leave? -> Gone; }
        state Gone: ; }""",
               (9, 13, 2, 27, 36, (2, 2), {}, True, True, None)),
    "Turnstile": ("""contract Turnstile { in message Coin(); out message Open(); in message Leave();
        state Locked: one { Coin? -> Open! -> Locked; Leave? -> Outside; } state Outside: ; }""",
                  (3, 3, 1, 6, 6, (1, 1), {}, True, True, None)),
    "TurnstileWithAlarm": ("""contract TurnstileWithAlarm { in message Coin(); out message Open(); in message Leave();
        out message Alarm(); in message Hush();
        state Locked: one { Coin? -> Open! -> Locked; Leave? -> Outside; Alarm! -> Hush? -> Locked; } state Outside: ; }""",
                           (4, 5, 2, 14, 20, (2, 2), {"stuck": 2, "unspecified-reception": 2, "final-with-pending": 2}, False, False, 18)),
}
METER = """contract Meter { in message Begin(uint interval); out message Sample(int value); out message Finish();
    state Idle: Begin? -> Flow; state Flow: one { Sample! -> Flow; Finish! -> Idle; } }"""
POLL = """contract Poll { out message Poll(); in message Put();
    state S: one { Poll! -> T; Put? -> Put? -> U; } state T: Put? -> S; state U: Poll! -> S; }"""
NODES = {
    "Clinic": ["Door", "Door/Card", "Door/NoCard", "Inside", "Inside/Visit", "Gone", "Inside/Visit/Card",
               "Inside/Visit/NoCard", "Inside/Visit/Card/Known"],
    "Spooler": ["Idle", "Idle/Job", "Idle/Job#2"],
    "Toaster": ["Start", "Off", "Start/Later", "Waiting", "Waiting/Toast"],
}
LIMIT = 20000
LIMIT_OF_MISTAKES = 2000


def bound_of(subject, reading="free"):
    return reference.find_bound(reference.System(subject.machine, subject.machine.start, reading), LIMIT)


class Samples(unittest.TestCase):
    def test_values(self):
        for name, (text, expected) in SAMPLES.items():
            with self.subTest(name):
                subject = reference.subjects(text)[name]
                machine = subject.machine
                reached = machine.reached(machine.start)
                bound = bound_of(subject)
                explored = bound.exploration
                self.assertEqual(bound.kind, "exact")
                steps = bound_of(subject, "priority").exploration.steps if subject.mixed() else None
                nearest = {f: n for f, n in explored.nearest.items() if f != "head-not-receivable"}
                self.assertEqual(expected, (
                    len(reached), sum(len(machine.nodes[n].transitions) for n in reached), explored.room, explored.configurations,
                    explored.steps, explored.longest, nearest, reference.synchronizable(machine, machine.start),
                    explored.half_duplex, steps))
                self.assertEqual(([], []), reference.unreached(subject))

    def test_names_of_nodes(self):
        for name, nodes in NODES.items():
            machine = reference.subjects(SAMPLES[name][0])[name].machine
            self.assertEqual(sorted(nodes), sorted(machine.nodes[n].name for n in machine.reached(machine.start)))

    def test_unbounded(self):
        subject = reference.subjects(METER)["Meter"]
        self.assertEqual(("unbounded", 8), (bound_of(subject).kind, bound_of(subject).exploration.room))

    def test_bound_unknown(self):
        subject = reference.subjects(POLL)["Poll"]
        self.assertEqual("unknown", bound_of(subject).kind)
        self.assertFalse(reference.has_send_cycle(subject.machine, bound_of(subject).exploration))

    def test_unreached(self):
        text = "contract A { in message M(); out message N(); out message K(); state S: M? -> S; state T: N! -> S; }"
        self.assertEqual((["T"], ["N", "K"]), reference.unreached(reference.subjects(text)["A"]))
        entered = text.replace("M()", "M(A.Exp:T! ep)")
        subject = reference.subjects(entered)["A"]
        self.assertEqual(2, len(subject.entries))
        self.assertEqual(([], ["K"]), reference.unreached(subject))


class Generator(unittest.TestCase):
    def test_is_the_same_for_the_same_seed(self):
        for number in range(20):
            self.assertEqual(generate.text(generate.file("5", number)), generate.text(generate.file("5", number)))
        self.assertNotEqual(generate.text(generate.file("5", 1)), generate.text(generate.file("6", 1)))

    def test_writes_what_the_reference_reads(self):
        for number in range(200):
            program = generate.file("7", number)
            self.assertTrue(generate.is_complete(program))
            self.assertEqual([c["name"] for c in program["contracts"]], list(reference.subjects(generate.text(program))))

    def test_shrinks_to_smaller_files(self):
        for number in range(20):
            program = generate.file("8", number)
            for candidate in generate.shrink(program):
                self.assertLessEqual(len(generate.text(candidate)), len(generate.text(program)) + 8)


class Mistakes(unittest.TestCase):
    """The referee has to see it if the tool and the reference do not mean the same."""
    tool = None
    texts = None
    report = None

    @classmethod
    def setUpClass(cls):
        if not cls.tool:
            raise unittest.SkipTest("no --tool")
        with tempfile.TemporaryDirectory(prefix="singspin-referee-") as folder:
            referee = run_referee.Referee(cls.tool, Path(folder), LIMIT_OF_MISTAKES, False, ())
            texts = {n: generate.text(generate.file("9", n)) for n in range(60)}
            cls.texts = {n: text for n, text in texts.items() if not referee.is_too_large(text)}
            cls.report = run_referee.run_tool(cls.tool, Path(folder) / "run", {f"r{n}.sg": t for n, t in cls.texts.items()})

    def mismatches(self):
        found = set()
        for n, text in self.texts.items():
            mismatches, _ = run_referee.compare_file(text, run_referee.report_of(self.report, n), LIMIT_OF_MISTAKES)
            found |= {kind for kind, _ in mismatches}
        return found

    def planted(self, name, replacement, owner=reference.System):
        kept = getattr(owner, name)
        setattr(owner, name, replacement(kept))
        try:
            return self.mismatches()
        finally:
            setattr(owner, name, kept)

    def test_none(self):
        self.assertEqual(set(), self.mismatches())

    def test_the_other_party_is_restrained(self):
        def swapped(kept):
            return lambda system, node, inbox, party: kept(system, node, inbox, "imp" if party == "exp" else "exp")
        self.assertTrue(any("priority" in kind for kind in self.planted("restrained", swapped)))

    def test_nobody_is_restrained(self):
        self.assertTrue(any("priority" in kind for kind in self.planted("restrained", lambda kept: lambda *_: False)))

    def test_a_fault_is_overlooked(self):
        for fault in reference.FAULTS:
            def without(kept, fault=fault):
                return lambda *arguments: (f for f in kept(*arguments) if f != fault)
            self.assertTrue(self.planted("faults", without), fault)

    def test_runs_are_longer(self):
        def longer(kept):
            def explore(*arguments):
                result = kept(*arguments)
                result.nearest = {f: n + 1 for f, n in result.nearest.items()}
                return result
            return explore
        self.assertTrue(any("length" in kind for kind in self.planted("explore", longer, reference)))

    def test_a_configuration_more(self):
        def more(kept):
            def explore(*arguments):
                result = kept(*arguments)
                result.configurations += 1
                return result
            return explore
        self.assertIn("free statistics", self.planted("explore", more, reference))


if __name__ == "__main__":
    if "--tool" in sys.argv:
        at = sys.argv.index("--tool")
        Mistakes.tool = Path(sys.argv[at + 1]).resolve()
        del sys.argv[at:at + 2]
    unittest.main()
