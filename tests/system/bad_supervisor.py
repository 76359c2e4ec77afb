"""An enrolled office that speaks about everything; by 62-bad-supervisors.sh.

usage: bad_supervisor.py INVITATION FOLDER ITEM ABOVE MOVES

ITEM is the neighbour's, ABOVE the city's.  Ends when all was acknowledged.
"""
import hashlib
import pathlib
import sys

import relay_client as relay
from relay_client import record_pb2 as pb

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
YEAR_9999 = 253402300799999
MARK = "密号九九"


def number(office, serial, prefix=""):
    """A number whose check character is right."""
    for tag in ("00", "01", "02"):
        for last in DIGITS:
            total = 0
            for c in f"{prefix}{office}2026{serial:09d}{tag}{last}":
                total = (total * 2 + int(c, 36)) % 37
            if total == 1:
                width = 4 if prefix else 6
                return (f"{prefix}{office}-2026-{serial:0{width}d}-"
                        f"{tag}{last}")
    raise AssertionError


class Bad:
    def __init__(self, invitation, folder):
        keys = relay.Keys.new()
        self.city = invitation["parent"]
        relay.enrol(invitation, keys, "Bad")
        self.child = relay.Child.enrolled(folder, invitation, keys, "Bad")
        self.child.greet()
        self.child.sync()
        self.me = self.child.office
        self.waiting = []

    def say(self, kind, payload, **other):
        self.waiting.append((kind, payload, other))

    def flush(self, seconds):
        own = self.child.own
        own.append([self.child.make(own.key, own.size + at, kind, payload,
                                    **other)
                    for at, (kind, payload, other)
                    in enumerate(self.waiting, 1)])
        self.waiting = []
        self.child.sync(seconds)

    def move(self, item, move, when=None, **other):
        times = {} if when is None else dict(claimed_ms=when, recorded_ms=when)
        self.say(pb.KIND_PETITION_MOVED,
                 pb.Moved(item=item, move=move, text=MARK, **other), **times)

    def link(self, item, matter, verdict="LINK"):
        self.say(pb.KIND_MATTER_LINKED, pb.MatterLinked(
            item=item, matter=matter, verdict=verdict, text=MARK))

    def escalate(self, office_of_id, item, office, serial=1, **other):
        fields = dict(id=number(office_of_id, serial, "E"), revision=1,
                      matter=item, item=item, office=office, from_level="D",
                      to_level="C", channel="LF", batch=1, heads=1,
                      at_ms=relay.now_ms(), lower_state="OVD",
                      lawfulness="SKP", category="01")
        fields.update(other)
        self.say(pb.KIND_ESCALATED, pb.Escalated(**fields))

    def step(self, id_, addressee, status):
        self.say(pb.KIND_DIRECTIVE_STEP, pb.DirectiveStep(
            id=id_, addressee=addressee, status=status, text=MARK))


def own_item(bad, serial, **other):
    fields = dict(item=number(bad.me, serial), channel="LX", purpose="SS",
                  level="D", heads=1, responsible=bad.me, subject="真件",
                  text="路灯不亮。", place="中山路")
    fields.update(other)
    bad.say(pb.KIND_PETITION_REGISTERED, pb.Petition(**fields))
    return fields["item"]


def moves(bad, item, above, count):
    for at in range(count):
        bad.move(item, "NOT", when=1 + at)
    for target in (item, above):
        for when in (None, 0, 1, YEAR_9999):
            for move in ("FWD", "ASG"):
                bad.move(target, move, when, to=bad.me)
                bad.move(target, move, when, to="990199")
                bad.move(target, move, when, to=bad.city)
            for move in ("TAK", "ACC", "RPL", "RVW", "RVD", "CHK", "HRG",
                         "FIN", "DEC", "WDR", "CLS", "REO", "OBJ", "XXX"):
                bad.move(target, move, when, opinion="DEN", outcome="UNR",
                         days=30, rating="0", person="clerk1")
            bad.move(target, "MRG", when, other=number(bad.me, 1))
            bad.move(target, "RAT", when, rating="0")
            bad.move(target, "RCS", when, person="wang")
    own = own_item(bad, 1)
    bad.move(own, "FWD", to=bad.me)
    bad.move(own, "FWD", to="990199")
    for item in ("x", "990101", "990101-2026-999999-000", "'; DROP TABLE x",
                 number("990101", 4711)):
        bad.move(item, "FWD", to="990101")


def links(bad, item, above):
    for other in (number(bad.me, 1), above, number("990101", 77), "x", item):
        bad.link(item, other)
        bad.link(other, item)
        bad.link(item, other, "SPLIT")
    for serial in range(1, 61):
        bad.link(number(bad.me, serial), number(bad.me, serial + 1))
    bad.link(number(bad.me, 61), number(bad.me, 1))
    for at in range(30):
        bad.link(number(bad.me, 60), number(bad.me, 61),
                 "LINK" if at % 2 else "SPLIT")


def escalations(bad, item, above):
    serial = 0
    for target in (item, above, number(bad.me, 1), "x"):
        for office in (bad.me, "990101", bad.city, "990000", "990199"):
            for whose in (bad.me, "990101", bad.city):
                serial += 1
                bad.escalate(whose, target, office, serial)
                bad.escalate(whose, target, office, serial, revision=100000,
                             lower_item=item)


def steps(bad):
    for whose in (bad.me, "990101", bad.city):
        for prefix in "DE":
            for status in ("DLV", "SGN", "ANS", "CLS", "CXL", "RTN", "SNT"):
                for addressee in (bad.me, "990101", bad.city):
                    bad.step(number(whose, 1, prefix), addressee, status)


def handed(bad, item):
    key = relay.Key(bad.city, 1, "")
    false = bad.child.make(key, 1, pb.KIND_PETITION_REGISTERED, pb.Petition(
        item=number(bad.city, 9), channel="LX", purpose="SS", level="C",
        heads=1, responsible=bad.city, subject=MARK, text=MARK))
    wrapped = false
    for _ in range(10):
        bad.say(pb.KIND_HANDED, pb.Handed(record=wrapped))
        bad.say(pb.KIND_CARRIED, pb.Carried(record=wrapped))
        wrapped = bad.child.make(bad.child.own.key, 1, pb.KIND_HANDED,
                                 pb.Handed(record=wrapped))
    wrapped = bad.child.make(bad.child.own.key, 1, pb.KIND_PETITION_MOVED,
                             pb.Moved(item=item, move="CLS", text=MARK))
    for _ in range(10):
        bad.say(pb.KIND_CARRIED, pb.Carried(record=wrapped))
        wrapped = bad.child.make(bad.child.own.key, 1, pb.KIND_CARRIED,
                                 pb.Carried(record=wrapped))


def others(bad, item):
    rules = "[rules]\nversion = x\n" + "".join(
        f"[limit x{n}]\nstart = register\ndays = 3650\n" for n in range(20))
    for at in range(60):
        for sort, text in (("RULES", rules), ("CALENDAR", MARK * 100),
                           ("RULES", MARK), ("x", "x")):
            bad.say(pb.KIND_PUBLISHED, pb.Published(
                sort=sort, version=f"v{at}", effective_ms=YEAR_9999 - at,
                text=text))
    for year in (1949, 2026, 2999, 5):
        bad.say(pb.KIND_KEY_DESTROYED, pb.KeyDestroyed(year=year, reason=MARK))
    for step in ("REQUEST", "APPROVE", "SHOW", "x"):
        bad.say(pb.KIND_IDENTITY_STEP, pb.IdentityStep(
            item=item, step=step, reason=MARK, requester="wang"))
    digest = hashlib.sha256(b"x").digest()
    for size, part, parts, data in ((1, 1, 1, b"x"), (1, 1, 1, b"y"),
                                    (10 ** 9, 1, 3, b"x"), (5, 3, 2, b"x"),
                                    (99999, 1, 2, b"x"), (99999, 2, 3, b"z")):
        bad.say(pb.KIND_ATTACHED, pb.Attached(
            hash=digest, name=MARK, size=size, part=part, parts=parts,
            data=data))
    # A report that names its own item only: about all and sundry.
    own_item(bad, 2, accused=[bad.city])
    own_item(bad, 4, responsible="990101", earlier_item=item)
    bad.say(pb.KIND_PETITION_REGISTERED, pb.Petition(
        item=item, channel="LX", purpose="SS", level="D", heads=1,
        responsible=bad.me, subject=MARK, text=MARK, accused=["990101"]))


def main():
    invitation, folder, item, above, count = sys.argv[1:]
    bad = Bad(relay.Invitation.parse(pathlib.Path(invitation).read_text()),
              pathlib.Path(folder))
    for what, arguments in ((moves, (item, above, int(count))),
                            (links, (item, above)),
                            (escalations, (item, above)), (steps, ()),
                            (handed, (item,)), (others, (item,))):
        what(bad, *arguments)
        records = len(bad.waiting)
        began = relay.now_ms()
        bad.flush(60)
        print(f"ok: {what.__name__}: {records} records in "
              f"{relay.now_ms() - began} ms", flush=True)
    # What the city wants to hand over comes within a while.
    try:
        bad.child.run(lambda: False, 5)
    except relay.Trouble:
        pass
    bad.child.hang_up()


main()
