"""Bad peers against a real hub; started by 61-bad-peers.sh.

usage: bad_peers.py FOLDER

In the environment: BIN, PETITION_HOME, HUB_PID and HUB_LOG.
"""
import json
import os
import pathlib
import random
import re
import socket
import subprocess
import sys
import threading
import time
import traceback

import zmq

import relay_client as relay
from relay_client import link_pb2, record_pb2

HUB = "420100"
GOOD = "420106"
BAD = "420107"
VICTIM = "420109"  # an enrolled office in whose name the bad one speaks
MOVED = "420110"   # one that gets a new key
NEVER = "420199"   # one that nobody enrolled until it is cut off
ABSURD = 1 << 53
FLOOD = 3.0        # seconds of each flood
LATE = 10.0        # a good child's record must be acknowledged within this
MEMORY = 256       # MiB by which the hub may grow

failures = []


def check(what, good, detail=""):
    print(f"{'ok' if good else 'FAILED'}: {what} {detail}".rstrip(),
          flush=True)
    if not good:
        failures.append(what)


def hub(*arguments):
    program = pathlib.Path(os.environ["BIN"]) / "city-hub"
    return subprocess.run([program, *arguments], check=True, timeout=20,
                          capture_output=True, text=True).stdout


def hub_memory(what):
    """VmRSS or VmHWM, in MiB."""
    status = pathlib.Path(f"/proc/{os.environ['HUB_PID']}/status").read_text()
    return int(re.search(what + r":\s*(\d+)", status).group(1)) / 1024


def hub_log():
    return pathlib.Path(os.environ["HUB_LOG"]).read_text(
        errors="replace").splitlines()


def invite(office):
    return relay.Invitation.parse(hub("invite", office))


# --- a good child, all the time ---------------------------------------------

class GoodChild(threading.Thread):
    """Records a petition every half second and waits for its ACK."""

    def __init__(self, child):
        super().__init__(daemon=True)
        self.child = child
        self.enough = threading.Event()
        self.worst = self.count = 0
        self.began = self.trouble = None

    def run(self):
        try:
            self.child.greet()
            while not self.enough.wait(0.5):
                self.began = time.monotonic()
                self.child.register(1)
                self.child.sync(LATE)
                self.worst = max(self.worst, time.monotonic() - self.began)
                self.began = None
                self.count += 1
        except Exception as trouble:  # shown by the main thread
            self.trouble = trouble
            self.began = None
        self.child.hang_up()

    def take_worst(self):
        """The longest wait since the last call, one that lasts included."""
        waits = time.monotonic() - self.began if self.began else 0
        worst, self.worst = max(self.worst, waits), 0
        return worst


# --- what the bad ones need -------------------------------------------------

class Ground:
    """What the nuisances share: one bad office and the hub's address."""

    def __init__(self, folder, invitation):
        self.keys = relay.Keys.new()
        self.invitation = invitation
        self.folder = folder
        relay.enrol(invitation, self.keys, "Bad")
        self.child = self.new_child()
        self.held = []  # lines and sockets that stay open to the end
        where = invitation["address"].removeprefix("tcp://").rsplit(":", 1)
        self.tcp = (where[0], int(where[1]))

    def new_child(self):
        return relay.Child.enrolled(self.folder / "bad", self.invitation,
                                    self.keys, "Bad")

    def line(self, keys=None):
        keys = keys or self.keys
        return relay.Line(self.invitation["address"],
                          relay.curve_public(self.invitation.parent_key),
                          keys.curve_public, keys.curve_secret)

    def bad(self):
        """The bad child, in a new session and in step."""
        self.child.hang_up()
        self.child = self.new_child()
        self.child.greet()
        self.child.sync()
        return self.child


def answers(child, seconds):
    """All frames that come within this time, without acting on them."""
    frames, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        frame = child.line.receive(end - time.monotonic())
        if frame:
            frames.append(frame)
    return frames


def awaited(child, wanted, seconds=5):
    """The first frame for which wanted(frame), or None."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        frame = child.line.receive(end - time.monotonic())
        if frame and wanted(frame):
            return frame
    return None


def refusal(child, code, session=None):
    """The next REFUSE, if it is `code` in `session` (the present one)."""
    session = child.session if session is None else session
    frame = awaited(child, lambda f: f.type == relay.REFUSE)
    if frame and (frame.head.code, frame.session) == (code, session):
        return frame.head
    print(f"   instead of {code} in session {session}: {frame}", flush=True)
    return None


def alive(child):
    """Whether the session goes on: PING is answered by PONG."""
    now = relay.now_ms()
    child.send(relay.PING, link_pb2.Ping(time_ms=now))
    return awaited(child, lambda f: f.type == relay.PONG
                   and f.session == child.session)


def hello_with(child, keys, size=ABSURD, root=bytes(32)):
    """A HELLO with these marks instead of the true ones."""
    hello = child.hello()
    del hello.marks[:]
    for key in keys:
        hello.marks.add(key=link_pb2.StreamKey(**key._asdict()), size=size,
                        root=root)
    return hello


def say_hello(child, hello):
    """Over a new connection, in a new session."""
    child.connect()
    child.session = random.randrange(1, 1 << 64)
    child.send(relay.HELLO, hello)


def welcomed(child):
    frame = awaited(child, lambda f: f.session == child.session)
    return frame and frame.type == relay.WELCOME and frame.head


def pour(line, messages, seconds=FLOOD):
    """Send these in turn for so long, reading nothing; how many went."""
    sent, end = 0, time.monotonic() + seconds
    while time.monotonic() < end and not line.lost():
        for _ in range(20):
            if line.socket.poll(50, zmq.POLLOUT):
                line.send(messages[sent % len(messages)])
                sent += 1
    return sent


# --- strangers --------------------------------------------------------------

def unknown_key(ground):
    """a CURVE key that nobody enrolled"""
    for _ in range(20):
        line = ground.line(relay.Keys.new())
        check_quietly("handshake", line.handshake(3) is not True)
        line.close()


def no_curve(ground):
    """ZMTP without CURVE: NULL, then PLAIN"""
    for plain in (False, True) * 5:
        line = zmq.Context.instance().socket(zmq.DEALER)
        line.linger = 0
        if plain:
            line.plain_username, line.plain_password = b"hub", b"hub"
        line.connect(ground.invitation["address"])
        line.send(relay.pack_frame(relay.HELLO, 1, ground.child.hello()))
        check_quietly("an answer", not line.poll(200))
        line.close()


def tcp_garbage(ground):
    """bytes that are not ZMTP at all"""
    greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00CURVE".ljust(23, b"\0")
    for garbage in (os.urandom(65536), bytes(65536),
                    b"GET / HTTP/1.0\r\n\r\n", b"\x16\x03\x01\x02\x00\x01",
                    greeting + bytes(32) + os.urandom(4096),
                    greeting + bytes(32) + b"\x06" + b"\xff" * 8 + b"x" * 64,
                    greeting + bytes(32) + b"\x04\xc8\x05HELLO" + bytes(194)):
        for _ in range(5):
            with socket.create_connection(ground.tcp) as peer:
                try:
                    peer.sendall(garbage)
                except OSError:
                    pass  # the hub hung up in the middle: just as well


def slow_loris(ground):
    """connections that say one byte now and then"""
    peers = [socket.create_connection(ground.tcp) for _ in range(40)]
    for byte in b"\xff\0\0\0\0\0":
        for peer in peers:
            try:
                peer.send(bytes([byte]))
            except OSError:
                pass
        time.sleep(0.3)
    ground.held += peers


def silent(ground):
    """a handshake and then nothing"""
    for _ in range(5):
        line = ground.line()
        check_quietly("handshake", line.handshake(5))
        ground.held.append(line)
    time.sleep(1)


# --- an enrolled office that misbehaves -------------------------------------

def wrong_office(ground):
    """HELLO in another office's name"""
    child = ground.bad()
    for office in (VICTIM, HUB, NEVER):
        hello = child.hello()
        hello.office = office
        say_hello(child, hello)
        check_quietly(office, refusal(child, link_pb2.REFUSE_OFFICE))


def no_version(ground):
    """HELLO without a protocol version in common"""
    child = ground.bad()
    hello = child.hello()
    hello.protocol_min, hello.protocol_max = 9, 12
    say_hello(child, hello)
    check_quietly("VERSION", refusal(child, link_pb2.REFUSE_VERSION))


def before_hello(ground):
    """frames before HELLO, and in sessions that are over"""
    child = ground.bad()
    child.register(1)
    head, tail = child.batch(child.own.key, child.own.size, 1)
    old = child.session
    for session in (4711, old):
        child.connect()
        if session == old:
            child.greet()
        time.sleep(1.1)  # the last STALE_SESSION may be of just now
        for kind, what in ((relay.BATCH, head),
                           (relay.PING, link_pb2.Ping(time_ms=1)),
                           (relay.PONG, link_pb2.Ping(time_ms=1)),
                           (relay.ACK, link_pb2.Ack(window_bytes=1)),
                           (relay.WELCOME, child.hello())) * 20:
            child.send(kind, what, tail if kind == relay.BATCH else b"",
                       session)
        frames = answers(child, 1.5)
        stale = [f for f in frames if f.type == relay.REFUSE]
        check_quietly("STALE_SESSION", stale and all(
            f.head.code == link_pb2.REFUSE_STALE_SESSION
            and f.session == session for f in stale))
        check_quietly("at most once a second", len(stale) <= 2)
        check_quietly("no other answer", all(
            f in stale or f.session == child.session for f in frames))
    child.greet()
    child.sync()


def not_frames(ground):
    """messages that are no frames: dropped, and the session goes on"""
    child = ground.bad()
    ping = relay.pack_frame(relay.PING, child.session,
                            link_pb2.Ping(time_ms=1))
    hello = relay.pack_frame(relay.HELLO, 5, child.hello())

    def header(message, at, text):
        return message[:at] + text + message[at + len(text):]

    messages = [b"", b"P", ping[:23], ping[:-1], ping + b"\0", b"\0" * 31,
                os.urandom(31), os.urandom(70000), hello[:len(hello) // 2],
                header(ping, 0, b"PRLX"), header(ping, 4, b"\x00"),
                header(ping, 4, b"\x02"), header(ping, 16, b"\xff" * 4),
                header(ping, 20, b"\xff" * 4), header(ping, 16, b"\xff" * 8),
                header(ping, 16, b"\0\0\0\6")]
    for message in messages * 20:
        child.line.send(message)
    child.line.socket.send_multipart([ping, ping])
    child.line.socket.send_multipart([b"", ping])
    check_quietly("no answer", not answers(child, 0.7))
    check_quietly("PONG", alive(child))


def malformed(ground):
    """frames whose head or tail breaks a rule: MALFORMED in session 0"""
    child = ground.bad()
    child.register(1)
    key = child.own.key
    head, tail = child.batch(key, child.own.size, 1)

    def other(**fields):
        return child.batch(key, child.own.size, 1, **fields)[0]

    lower = other()
    lower.key.origin = "42010a"
    long = other()
    long.key.origin = "4" * 13
    bad_hello = child.hello()
    bad_hello.software = "x\0y"
    rooted = link_pb2.Ack(window_bytes=1)
    rooted.marks.add(key=head.key, size=1, root=bytes(32))
    frames = [(relay.PING, b"\xff", b""), (relay.PING, b"\x0b\x0c", b""),
              (relay.PING, link_pb2.Ping(time_ms=1 << 62), b""),
              (relay.ACK, b"\x0a\x7f", b""), (relay.ACK, rooted, b""),
              (relay.ACK, os.urandom(50) + b"\xff", b""),
              (relay.HELLO, b"\x0a\xff", b""), (relay.HELLO, bad_hello, b""),
              (relay.BATCH, lower, tail), (relay.BATCH, long, tail),
              (relay.BATCH, other(count=0), b""),
              (relay.BATCH, other(count=2), tail),
              (relay.BATCH, other(count=2049), tail),
              (relay.BATCH, other(first=0), tail),
              (relay.BATCH, other(first=(1 << 53) + 1), tail),
              (relay.BATCH, other(root=b"short"), tail),
              (relay.BATCH, head, tail[:-1]), (relay.BATCH, head, tail + b"x"),
              (relay.BATCH, head, b"\xff\xff\xff\xff" + tail[4:]),
              (relay.BATCH, head, bytes(4)),
              (relay.REFUSE, link_pb2.Refuse(code=99), b"")]
    for number, (kind, what, rest) in enumerate(frames):
        child.send(kind, what, rest)
        check_quietly(f"frame {number}",
                      refusal(child, link_pb2.REFUSE_MALFORMED, 0))
    check_quietly("PONG", alive(child))
    child.sync()


def oversized(ground):
    """frames above 1 MiB, and records above 128 KiB"""
    child = ground.bad()
    for size in (relay.FRAME_MAX, relay.FRAME_MAX + 1, 8 << 20):
        for _ in range(3):
            child.greet()
            child.line.send(relay.pack_frame(relay.PING, child.session, b"",
                                             bytes(size - 24)))
            if size > relay.FRAME_MAX:
                check_quietly("no answer", not answers(child, 0.3))
            else:  # a frame, but no PING: it has a tail
                check_quietly("MALFORMED", refusal(
                    child, link_pb2.REFUSE_MALFORMED, 0))
    child = ground.bad()
    child.register(1)
    head, _ = child.batch(child.own.key, child.own.size, 1)
    child.send(relay.BATCH, head, relay.pack_tail(
        [bytes(relay.RECORD_MAX + 1)]))
    check_quietly("MALFORMED", refusal(child, link_pb2.REFUSE_MALFORMED, 0))
    child.sync()


def gap(ground):
    """a batch with a gap; batches in the wrong order"""
    for count, order in ((3, [3]), (4, [4, 3, 2])):
        child = ground.bad()
        held = child.own.size
        child.register(count)
        for at in order:
            child.send(relay.BATCH, *child.batch(child.own.key, held + at, 1))
        refuse = refusal(child, link_pb2.REFUSE_GAP)
        check_quietly("GAP", refuse)
        check_quietly("its stream and size", refuse and (
            relay.key_of(refuse.key), refuse.size) == (child.own.key, held))
        child.greet()
        child.sync()
        check_quietly("all of it", child.acked[child.own.key] == held + count)


def replay(ground):
    """the same batch again and again"""
    child = ground.bad()
    child.register(5)
    child.sync()
    for _ in range(200):
        child.send(relay.BATCH, *child.batch(child.own.key, 1,
                                             child.own.size))
    acks = [f for f in answers(child, 1) if f.type == relay.ACK]
    check_quietly("acknowledged", acks and all(
        m.size == child.own.size for f in acks for m in f.head.marks))
    check_quietly("stored once",
                  child.greet()[child.own.key] == child.own.size)


def wrong_root(ground):
    """a batch whose root is not that of its records"""
    for _ in range(10):
        child = ground.bad()
        held = child.own.size
        child.register(2)
        child.send(relay.BATCH, *child.batch(
            child.own.key, held + 1, 2, root=os.urandom(32)))
        check_quietly("MALFORMED",
                      refusal(child, link_pb2.REFUSE_MALFORMED))
        check_quietly("nothing was taken",
                      child.greet()[child.own.key] == held)
        child.sync()


def false_records(ground):
    """records in another's name inside one's own stream"""
    child = ground.bad()
    key, at = child.own.key, child.own.size
    victim = relay.Key(VICTIM, key.incarnation, "")
    petition = child.petition(1)
    petition.item = f"{VICTIM}-{key.incarnation}-000001"
    registered = record_pb2.KIND_PETITION_REGISTERED
    opened = record_pb2.OfficeOpened(office=VICTIM, name="False",
                                     public_key=bytes(32))
    enrolled = record_pb2.Child(office=VICTIM, name="False", parent=VICTIM,
                                public_key=bytes(32))
    child.own.append([
        child.make(victim, at + 1, registered, petition),
        child.make(key, at + 2, registered, petition),
        child.make(key, at + 90, registered, child.petition(2)),
        child.make(key, at + 4, record_pb2.KIND_OFFICE_OPENED, opened),
        child.make(key, at + 5, record_pb2.KIND_CHILD_ENROLLED, enrolled),
        child.make(key, at + 6, 999, petition),
        os.urandom(200), b"\0"])
    child.sync()
    check_quietly("kept like any other", child.acked[key] == child.own.size)


def send_first(child, key):
    """A batch that begins this stream, in good order by itself."""
    first = child.make(key, 1, record_pb2.KIND_OFFICE_OPENED,
                       record_pb2.OfficeOpened(office=key.origin))
    head = link_pb2.Batch(key=link_pb2.StreamKey(**key._asdict()),
                          first=1, count=1, root=relay.leaf(first))
    child.send(relay.BATCH, head, relay.pack_tail([first]))


def others_streams(ground):
    """batches of streams that are not on this link"""
    child = ground.bad()
    hub_keys = [key for key in child.greet() if key.origin == HUB]
    keys = [relay.Key(VICTIM, child.incarnation, ""),
            relay.Key(NEVER, child.incarnation, ""),
            relay.Key(HUB, child.incarnation, ""),
            relay.Key(HUB, child.incarnation, VICTIM),
            relay.Key(child.office, child.incarnation, VICTIM)] + hub_keys
    for key in keys * 5:
        send_first(child, key)
        refuse = refusal(child, link_pb2.REFUSE_SCOPE)
        check_quietly(f"SCOPE {key}",
                      refuse and relay.key_of(refuse.key) == key)
    unreadable = relay.Key(child.office, child.incarnation + 5, "")
    head = link_pb2.Batch(key=link_pb2.StreamKey(**unreadable._asdict()),
                          first=1, count=1, root=relay.leaf(b"junk"))
    child.send(relay.BATCH, head, relay.pack_tail([b"junk"]))
    check_quietly("SCOPE: not begun", refusal(child, link_pb2.REFUSE_SCOPE))
    check_quietly("PONG", alive(child))


def false_ack(ground):
    """an ACK for more than was ever sent"""
    child = ground.bad()
    keys = [key for key in child.greet() if key.origin == HUB]
    keys += [child.own.key, relay.Key(VICTIM, child.incarnation, ""),
             relay.Key(HUB, child.incarnation, child.office)]
    for size in (ABSURD, 1, 1000000) * 10:
        ack = link_pb2.Ack(window_bytes=0xffffffff)
        for key in keys:
            ack.marks.add(key=link_pb2.StreamKey(**key._asdict()), size=size)
        child.send(relay.ACK, ack)
    check_quietly("PONG", alive(child))
    before = len(child.directives())
    hub("directive", "issue", "--kind", "DB", "--to", child.office,
        "--text", "report")
    child.run(lambda: len(child.directives()) > before, 10)
    child.sync()


def absurd_windows(ground):
    """windows of nothing and of 4 GiB"""
    child = ground.bad()
    for window in (0, 1, 0xffffffff):
        hello = child.hello()
        hello.window_bytes = window
        say_hello(child, hello)
        check_quietly("WELCOME", welcomed(child))


def absurd_marks(ground):
    """marks: too many; 4096 of nothing on this link; 4096 of our own"""
    child = ground.bad()
    say_hello(child, hello_with(child, [relay.Key(child.office, n, "")
                                        for n in range(1, 4098)]))
    check_quietly("MALFORMED", refusal(child, link_pb2.REFUSE_MALFORMED, 0))
    for office in (VICTIM, child.office):
        say_hello(child, hello_with(child, [relay.Key(office, n, "")
                                            for n in range(1, 4097)]))
        welcome = welcomed(child)
        check_quietly("WELCOME", welcome)
        check_quietly("which lists only what the hub holds",
                      welcome and len(welcome.marks) < 20)


def two_histories(ground):
    """a mark with another root: FORK; and the end of it"""
    child = ground.bad()
    key = child.own.key
    say_hello(child, hello_with(child, [key], child.own.size,
                                os.urandom(32)))
    refuse = refusal(child, link_pb2.REFUSE_FORK)
    check_quietly("FORK", refuse and relay.key_of(refuse.key) == key)
    check_quietly("PONG", alive(child))
    say_hello(child, hello_with(child, []))
    check_quietly("refilled from 1", awaited(
        child, lambda f: f.type == relay.BATCH and f.head.first == 1
        and relay.key_of(f.head.key) == key))
    child.greet()
    child.register(1)
    child.sync()
    check_quietly("the halt is lifted",
                  child.acked[key] == child.own.size)


def hub_histories():
    streams = json.loads(hub("status", "--json"))["streams"]
    return sum(s["origin"] == HUB and not s["audience"] for s in streams)


def false_history(ground):
    """marks of a history of the hub's that it never had"""
    child = ground.bad()
    before, now = hub_histories(), int(time.time())
    for incarnation in (1, now + 50, now + 1000000, 0xffffffff, 0xffffffff):
        say_hello(child, hello_with(
            child, [relay.Key(HUB, incarnation, child.office)], 3))
        check_quietly("WELCOME", welcomed(child))
    check_quietly("new histories of the hub's", hub_histories() <= before + 4)
    hub("directive", "issue", "--kind", "DB", "--to", child.office,
        "--text", "after")
    child = ground.bad()
    child.run(lambda: any(d.text == "after" for d in child.directives()), 10)
    child.sync()


def false_claims(ground):
    """offices below others, and the hub itself, claimed as one's own"""
    child = ground.bad()
    for kind in (record_pb2.KIND_CHILD_ENROLLED,
                 record_pb2.KIND_CHILD_REVOKED):
        child.write([(kind, record_pb2.Child(
            office=office, name="Mine", parent=child.office,
            public_key=ground.keys.public, invitation="00" * 8))
            for office in (VICTIM, HUB)])
        child.sync()
        try:
            hub("directive", "issue", "--kind", "DB", "--to", VICTIM,
                "--text", "still ours")
        except subprocess.CalledProcessError as refused:
            name = record_pb2.Kind.Name(kind)
            check_quietly(f"a directive to it after {name}: "
                          + refused.stderr.strip(), False)
    check_quietly("no marks of others", not [
        key for key in child.greet() if key.origin not in (child.office, HUB)])
    for office in (VICTIM, HUB):
        send_first(child, relay.Key(office, 5, ""))
        check_quietly(f"SCOPE {office}",
                      refusal(child, link_pb2.REFUSE_SCOPE))
    check_quietly("no records of others", not [
        f for f in answers(child, 0.5) if f.type == relay.BATCH])


# --- floods -----------------------------------------------------------------

def flood_hello(ground):
    """HELLOs as fast as they go, reading no answer"""
    child = ground.bad()
    hello = child.hello()
    many = hello_with(child, [relay.Key(child.office, n, "")
                              for n in range(1, 4097)])
    for greeting in (hello, many):
        child.connect()
        sent = pour(child.line, [relay.pack_frame(relay.HELLO, n, greeting)
                                 for n in range(1, 101)])
        print(f"   {sent} HELLOs", flush=True)
    child.hang_up()


def flood_garbage(ground):
    """garbage as fast as it goes: no frames, malformed, stale, 1 MiB"""
    child = ground.bad()
    ping = link_pb2.Ping(time_ms=1)
    for messages in ([os.urandom(n) for n in range(1, 200)],
                     [relay.pack_frame(relay.PING, 1, b"\xff")],
                     [relay.pack_frame(relay.PING, n, ping)
                      for n in range(1, 101)],
                     [relay.pack_frame(relay.BATCH, 1, b"",
                                       bytes(relay.FRAME_MAX - 24))]):
        child.connect()
        sent = pour(child.line, messages)
        print(f"   {sent} messages of {len(messages[0])} bytes and so on",
              flush=True)
    child.hang_up()


def flood_connections(ground):
    """connections of strangers, as fast as they go"""
    end, count = time.monotonic() + FLOOD, 0
    while time.monotonic() < end:
        lines = [ground.line(relay.Keys.new()) for _ in range(20)]
        time.sleep(0.05)
        for line in lines:
            line.close()
        count += len(lines)
    print(f"   {count} connections", flush=True)


def flood_history(ground):
    """HELLOs as fast as they go, each with hub history that never was"""
    child = ground.bad()
    before = hub_histories()
    child.connect()
    hello = hello_with(child, [relay.Key(HUB, 0xfffffff0, child.office)], 3)
    sent = pour(child.line, [relay.pack_frame(relay.HELLO, n, hello)
                             for n in range(1, 101)], 1)
    child.hang_up()
    time.sleep(1)
    begun = hub_histories() - before
    print(f"   {sent} HELLOs, {begun} new histories of the hub's", flush=True)
    check_quietly(f"{begun} new histories of the hub's", begun <= 5)


# --- enrolment --------------------------------------------------------------

def enrolment(ground):
    """invitations that are used, replaced, foreign or tampered with"""
    def code(invitation, keys, /, **other):
        try:
            relay.enrol(invitation, keys, "Bad", 5, **other)
            return 0
        except relay.Refused as refused:
            return refused.code

    check_quietly("USED", code(ground.invitation, relay.Keys.new())
                  == link_pb2.REFUSE_INVITATION_USED)
    check_quietly("asked again", code(ground.invitation, ground.keys) == 0)
    old, new = invite(NEVER), invite(NEVER)
    keys = relay.Keys.new()
    check_quietly("replaced", code(old, keys)
                  == link_pb2.REFUSE_INVITATION_EXPIRED)
    check_quietly("another office", code(new, keys, office=VICTIM)
                  == link_pb2.REFUSE_INVITATION_OFFICE)
    check_quietly("another id", code(new, keys, invitation="00" * 8)
                  == link_pb2.REFUSE_MALFORMED)
    check_quietly("another invitation's id",
                  code(new, keys, invitation=old["id"]) in
                  (link_pb2.REFUSE_MALFORMED,
                   link_pb2.REFUSE_INVITATION_EXPIRED))
    check_quietly("another's key", code(new, ground.keys)
                  == link_pb2.REFUSE_OFFICE)
    check_quietly("a key that did not sign",
                  code(new, keys, public_key=ground.keys.public)
                  == link_pb2.REFUSE_MALFORMED)

    line = new.line()
    check_quietly("one-time key", line.handshake(5))
    line.send(relay.pack_frame(relay.HELLO, 9, ground.child.hello()))
    line.send(relay.pack_frame(relay.PING, 9, link_pb2.Ping(time_ms=1)))
    check_quietly("opens nothing but ENROL", line.receive(1) is None)
    line.close()

    once = relay.Keys.new()
    foreign = relay.Invitation(new)
    foreign["once-public"] = once.curve_public.hex()
    foreign["once-secret"] = once.curve_secret.hex()
    line = foreign.line()
    check_quietly("a one-time key of another hub",
                  line.handshake(3) is not True)
    line.close()
    foreign = relay.Invitation(new)
    foreign["parent-key"] = relay.Keys.new().public.hex()
    line = foreign.line()
    check_quietly("another hub's invitation", line.handshake(3) is not True)
    line.close()


def revoked(ground):
    """offices that were cut off, and keys that were replaced"""
    def replace():
        relay.enrol(invite(MOVED), relay.Keys.new(), "Moved")

    for office, end in ((NEVER, lambda: hub("revoke", NEVER, "--reason", "-")),
                        (MOVED, replace)):
        invitation, keys = invite(office), relay.Keys.new()
        relay.enrol(invitation, keys, office)
        child = relay.Child.enrolled(ground.folder / office, invitation, keys)
        child.greet()
        child.sync()
        end()
        check_quietly(f"{office}: REVOKED in its session",
                      refusal(child, link_pb2.REFUSE_REVOKED))
        check_quietly(f"{office}: its key opens nothing more",
                      child.connect(3) is not True)
        child.hang_up()


# --- all of them ------------------------------------------------------------

quiet = []


def check_quietly(what, good):
    """Within a nuisance: only what fails is shown."""
    if not good:
        quiet.append(what)


NUISANCES = [unknown_key, no_curve, tcp_garbage, slow_loris, silent,
             wrong_office, no_version, before_hello, not_frames, malformed,
             oversized, gap, replay, wrong_root, false_records, false_claims,
             others_streams, false_ack, absurd_windows, absurd_marks,
             two_histories, false_history, enrolment, revoked,
             flood_hello, flood_garbage, flood_connections,
             flood_history]
# These do no harm, or are of a sort that was logged just before.
# The log hears of each kind once a minute, not of each nuisance: many share
# a kind.
HEARD = ["event=handshakes_refused", "event=not_a_frame",
         "event=enrolment_refused", "event=claim_ignored",
         "event=enrolment_ignored", "event=quarantined", "event=fork",
         "event=revoked",
         *(f"event=refusing code={code}" for code in (2, 4, 5, 6, 7, 8))]
LINES = 40  # of warnings and errors, at most, for each


def nuisance(one, ground, good):
    quiet.clear()
    before, began = len(hub_log()), time.monotonic()
    good.take_worst()
    try:
        one(ground)
    except Exception as trouble:  # the others go on
        at = traceback.extract_tb(trouble.__traceback__)[1].lineno
        quiet.append(f"line {at}: {type(trouble).__name__}: {trouble}")
    time.sleep(0.1)  # for the log
    late = good.take_worst()
    if late > LATE / 2:
        quiet.append(f"the good child waited {late:.1f} s")
    check(one.__doc__, not quiet, "; ".join(quiet) or
          f"({time.monotonic() - began:.1f} s, good child"
          f" {1000 * late:.0f} ms, hub {hub_memory('VmRSS'):.0f} MiB)")
    said = [line for line in hub_log()[before:]
            if "level=warn" in line or "level=error" in line]
    if len(said) > LINES:
        check(f"   logged rarely: {len(said)} lines", False, said[-1])


def aftermath(folder, invitation, keys, good, memory):
    check("the hub answers", json.loads(hub("status", "--json"))["running"])
    check("the good child was never disturbed", not good.trouble,
          repr(good.trouble) if good.trouble else f"({good.count} rounds)")
    child = relay.Child.enrolled(folder / "good", invitation, keys, "Good")
    child.greet()
    child.register(100)
    child.sync(LATE)
    petitions = child.own.size - 1
    child.hang_up()
    for office, wanted in ((GOOD, petitions), (VICTIM, 0), (NEVER, 0)):
        shown = json.loads(hub("petitions", "--office", office, "--count",
                               "--json"))["count"]
        check(f"petitions of {office}", shown == wanted,
              f"({shown}, wanted {wanted})")
    peak = hub_memory("VmHWM")
    check("memory is bounded", peak < memory + MEMORY,
          f"({memory:.0f} MiB at first, {peak:.0f} MiB at most)")


def main():
    folder = pathlib.Path(sys.argv[1])
    invitation, keys = invite(GOOD), relay.Keys.new()
    relay.enrol(invitation, keys, "Good")
    relay.enrol(invite(VICTIM), relay.Keys.new(), "Victim")
    good = GoodChild(relay.Child.enrolled(folder / "good", invitation, keys,
                                          "Good"))
    ground = Ground(folder, invite(BAD))
    memory = hub_memory("VmRSS")
    good.start()
    for one in NUISANCES:
        nuisance(one, ground, good)
    log = "\n".join(hub_log())
    unheard = [kind for kind in HEARD if kind not in log]
    check("each kind is in the log", not unheard,
          "but not " + ", ".join(unheard) if unheard else "")
    good.enough.set()
    good.join()
    aftermath(folder, invitation, keys, good, memory)


if __name__ == "__main__":
    main()
    sys.exit(bool(failures))
