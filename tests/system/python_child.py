"""The independent child against a real hub; started by 60-python-child.sh.

usage: python_child.py values
       python_child.py NAME FOLDER INVITATION
"""
import json
import pathlib
import sys

import relay_client as relay


def check(what, got, wanted):
    if got != wanted:
        sys.exit(f"FAILED: {what}: {got!r}, not {wanted!r}")
    print(f"ok: {what}", flush=True)


# --- sections 2, 5 and 14: the page agrees with itself ----------------------

PING = "50524c5901050000112233445566778800000007000000000880d0eab6b733"
BATCH = """
    50524c5901030000 1122334455667788 00000036 0000005b
    0a0e 0a06343230313036 1080f2d6ca06 1001 1801
    2220fd90390383af80c83d92084e2f508a87a3d20c593e6b61c12566a6f4d5358321
    00000057 0a06343230313036 1080f2d6ca06 2001 2880d0eab6b733 3080d0eab6b733
    3801 4001 4a33 0a06343230313036 120757756368616e67 1a20"""
LEAF = "fd90390383af80c83d92084e2f508a87a3d20c593e6b61c12566a6f4d5358321"
ROOTS = {
    "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "a": "022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c",
    "ab": "b137985ff484fb600db93107c77b0365c80d78f5b429ded0fd97361d077999eb",
    "abc": "36642e73c2540ab121e3a6bf9545b0a24982cd830eb13d3cd19de3ce6c021ec1"}
SEED = bytes(range(32))


def test_keys():
    keys = relay.Keys(SEED)
    check("Ed25519 public key", keys.public.hex(),
          "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8")
    check("CURVE secret key", keys.curve_secret.hex(),
          "3894eea49c580aef816935762be049559d6d1440dede12e6a125f1841fff8e6f")
    check("CURVE public key", keys.curve_public.hex(),
          "4701d08488451f545a409fb58ae3e58581ca40ac3f7f114698cd71deac73ca01")
    invitation = {"id": "0123456789abcdef", "office": "420106", "parent-key":
                  relay.Keys(bytes(range(32, 64))).public.hex()}
    check("enrolment signature",
          relay.enrol_request(invitation, keys, "Wuchang").signature.hex(),
          "a89953ec56291657e23c7a9ad30f9d2d4e31ac8c714aef6b30f9557d7b5ce3f1"
          "524b75dfa74847791e0a35bb715a95da6559c5339d8814adb4d9e411aed5cb05")


def test_trees():
    for leaves, root in ROOTS.items():
        records = [letter.encode() for letter in leaves]
        tree = relay.Tree()
        for record in records:
            tree.append(record)
        check(f"root of {leaves!r}", (tree.root().hex(),
                                      relay.root_of(records).hex()),
              (root, root))


def test_frames():
    session = 0x1122334455667788
    check("PING, byte for byte", relay.pack_frame(
        relay.PING, session,
        relay.link_pb2.Ping(time_ms=1767225600000)).hex(), PING)
    frame = relay.unpack_frame(bytes.fromhex(BATCH) + SEED)
    record, = relay.unpack_tail(frame.tail, frame.head.count)
    check("BATCH: stream", relay.key_of(frame.head.key),
          relay.Key("420106", 1767225600, ""))
    check("BATCH: root", (frame.head.root.hex(), relay.leaf(record).hex()),
          (LEAF, LEAF))
    check("BATCH: its record begins the stream",
          relay.begins(record, relay.key_of(frame.head.key)), True)


def values():
    test_keys()
    test_trees()
    test_frames()


# --- against a hub; state.json carries on what the next step must know ------

class Home:
    def __init__(self, folder, invitation):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(exist_ok=True)
        self.invitation = relay.Invitation.parse(
            pathlib.Path(invitation).read_text(encoding="utf-8"))
        self.state_file = self.folder / "state.json"
        self.state = (json.loads(self.state_file.read_text())
                      if self.state_file.exists() else {})
        seed = self.state.get("seed")
        self.keys = (relay.Keys(bytes.fromhex(seed)) if seed
                     else relay.Keys.new())

    def keep(self, **values):
        self.state.update(values)
        self.state_file.write_text(json.dumps(self.state))

    def child(self, disk="disk"):
        return relay.Child.enrolled(self.folder / disk, self.invitation,
                                    self.keys, "Python district")


def enrol(home):
    home.keep(seed=home.keys.seed.hex())
    secrets = relay.enrol(home.invitation, home.keys, "Python district")
    check("a matching secret is handed out", len(secrets) >= 1, True)
    check("asked again: the same answer",
          relay.enrol(home.invitation, home.keys, "Python district"), secrets)


def first(home):
    """300 petitions in batches of at most 64; then the line is cut."""
    child = home.child()
    marks = child.greet()
    check("the hub knows nothing of us", marks.get(child.own.key, 0), 0)
    child.register(300)
    child.sync(most=64)
    check("acknowledged", child.acked[child.own.key], 301)
    check("nothing was refused", child.refusals, [])
    child.hang_up()
    home.keep(incarnation=child.incarnation)


def second(home):
    """A new process and session: go on from the WELCOME's mark."""
    child = home.child()
    check("the same history", child.incarnation, home.state["incarnation"])
    session = child.session
    marks = child.greet()
    check("a new session", child.session != session, True)
    check("the WELCOME's mark", marks.get(child.own.key), 301)
    key = child.own.key
    # Once more what the hub holds, wholly and overlapping what is new.
    child.send(relay.BATCH, *child.batch(key, 1, 200))
    child.register(200)
    child.send(relay.BATCH, *child.batch(key, 250, 102))
    child.sent[key] = 351
    child.sync(most=50)
    check("acknowledged", child.acked[key], 501)
    check("nothing was refused", child.refusals, [])
    before = child.pongs
    child.send(relay.PING, relay.link_pb2.Ping(time_ms=relay.now_ms()))
    child.run(lambda: child.pongs > before, 5)
    check("PING is answered", child.pongs, before + 1)
    child.hang_up()


def directive(home):
    """Take the directive that the hub has for us; send the receipt."""
    child = home.child()
    child.greet()
    child.run(child.directives, 20)
    child.sync()
    issued, = child.directives()
    check("addressed to us", list(issued.to), [child.office])
    check("the receipt went up", child.own.size, 502)
    marks = child.greet()
    check("the hub holds the receipt", marks[child.own.key], 502)
    descending = [key for key in marks if key.origin == child.parent]
    check("what descends is in step", [marks[key] for key in descending],
          [child.streams[key].size for key in descending])
    child.hang_up()
    home.keep(directive=issued.id, root=child.own.root().hex())


def refill(home):
    """The same keys, an empty disk: everything comes back."""
    child = home.child("empty")
    marks = child.greet()
    old = relay.Key(child.office, home.state["incarnation"], "")
    check("the hub still holds it", marks.get(old), 502)
    check("a new incarnation", child.incarnation > old.incarnation, True)
    child.run(lambda: child.streams.get(old) and
              child.stream(old).size == 502 and child.directives(), 20)
    child.sync()
    check("502 records came back, root and all",
          child.stream(old).root().hex(), home.state["root"])
    kept = home.child().stream(old)
    check("byte for byte", child.stream(old).records, kept.records)
    check("and the directive", child.directives()[0].id,
          home.state["directive"])
    check("the hub holds the new incarnation",
          child.acked[child.own.key], child.own.size)
    child.hang_up()


def main():
    if sys.argv[1:] == ["values"]:
        return values()
    steps = {step.__name__: step
             for step in (enrol, first, second, directive, refill)}
    steps[sys.argv[1]](Home(*sys.argv[2:4]))
    return None


if __name__ == "__main__":
    main()
