"""The shrinker of the referee, with a predicate in the place of a mistake: what is left shows it and has nothing more to
give away."""
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import generate  # noqa: E402
import run_referee  # noqa: E402


class Injected(run_referee.Referee):
    """Finds a mismatch where the predicate says so; no tool is run."""

    def __init__(self, predicate):
        super().__init__(None, None, 0, False, ())
        self.predicate = predicate

    def mismatches_of(self, program):
        return [("injected", "the predicate holds")] if self.predicate(program) else []


def actions(program):
    return [step for c in program["contracts"] for s in c["states"] for sequence in s["sequences"]
            for step in generate.steps_of(sequence) if step[0] == "act"]


def has_mixed_state(program):
    def signs(state):
        return {step[2] for sequence in state["sequences"] for step in sequence[:1] if step[0] == "act"}
    return any(len(signs(s)) == 2 for c in program["contracts"] for s in c["states"])


def sends_twice(program):
    return sum(step[2] == "!" for step in actions(program)) >= 2


def receives_ask(program):
    return any(step[1:] == ("Ask", "?") for step in actions(program))


class Shrink(unittest.TestCase):
    def check(self, predicate, most_actions):
        tried = 0
        for number in range(120):
            program = generate.file("shrink", number)
            if not predicate(program):
                continue
            tried += 1
            small = Injected(predicate).shrunk(program, {"injected"})
            self.assertTrue(predicate(small), generate.text(small))
            self.assertLessEqual(len(actions(small)), most_actions, generate.text(small))
            left = [c for c in generate.shrink(small) if predicate(c)]
            self.assertEqual(left, [], generate.text(small))
        self.assertGreater(tried, 10, "hardly any contract has what the predicate asks for")

    def test_one_action(self):
        self.check(receives_ask, 1)

    def test_two_actions(self):
        self.check(sends_twice, 2)

    def test_a_state_with_two_alternatives(self):
        self.check(has_mixed_state, 2)

    def test_another_mismatch_is_not_followed(self):
        program = generate.file("shrink", 1)
        self.assertIs(Injected(lambda p: True).shrunk(program, {"another"}), program)


if __name__ == "__main__":
    unittest.main()
