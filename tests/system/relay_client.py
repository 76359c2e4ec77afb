"""A child office for the Petition Relay link, written from proto/README.md
and proto/*.proto alone.  It shares no code with the programs: where it and
they disagree, one of the three (page, programs, this file) is wrong.

    keys = Keys.new()
    invitation = Invitation.parse(text)
    enrol(invitation, keys, "Wuchang")
    child = Child.enrolled(folder, invitation, keys, "Wuchang")
    child.greet()
    child.register(500)
    child.sync()
"""
import collections
import ctypes
import hashlib
import itertools
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time

import zmq
import zmq.utils.monitor


def contract():
    """The generated modules: from PYTHONPATH, else made on the spot."""
    try:
        import link_pb2
        import record_pb2
    except ImportError:
        source = pathlib.Path(__file__).resolve().parents[2] / "proto"
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["protoc", f"--python_out={folder}",
                            f"--proto_path={source}",
                            source / "link.proto", source / "record.proto"],
                           check=True)
            sys.path.insert(0, folder)
            import link_pb2
            import record_pb2
            sys.path.remove(folder)
    return link_pb2, record_pb2


link_pb2, record_pb2 = contract()

# --- limits and times (section 10) ------------------------------------------

FRAME_MAX = 1048576
RECORD_MAX = 131072
BATCH_RECORDS = 2048
BATCH_BYTES = 262144
UNDER_WAY = 64
WINDOW = 4 << 20
SPEAK = 5.0    # say something after so much silence of one's own
SILENCE = 15.0

# --- frames (section 2) -----------------------------------------------------

HEADER = struct.Struct(">4sBBHQII")
MAGIC = b"PRLY"
(HELLO, WELCOME, BATCH, ACK, PING, PONG, REFUSE, ENROL,
 ENROLLED) = range(1, 10)
HEADS = {HELLO: link_pb2.Greeting, WELCOME: link_pb2.Greeting,
         BATCH: link_pb2.Batch, ACK: link_pb2.Ack, PING: link_pb2.Ping,
         PONG: link_pb2.Ping, REFUSE: link_pb2.Refuse, ENROL: link_pb2.Enrol,
         ENROLLED: link_pb2.Enrolled}
Frame = collections.namedtuple("Frame", "type session head tail")


class Trouble(Exception):
    """The peer did something that the page does not allow, or nothing."""


class Refused(Trouble):
    def __init__(self, refuse):
        self.refuse = refuse
        self.code = refuse.code
        name = link_pb2.RefuseCode.Name(refuse.code)
        super().__init__(f"{name}: {refuse.reason}")


def pack_frame(kind, session, head, tail=b""):
    packed = head if isinstance(head, bytes) else head.SerializeToString()
    return HEADER.pack(MAGIC, 1, kind, 0, session, len(packed),
                       len(tail)) + packed + tail


def unpack_frame(message):
    if not HEADER.size <= len(message) <= FRAME_MAX:
        raise Trouble("a frame of %d bytes" % len(message))
    (magic, version, kind, reserved, session, head_bytes,
     tail_bytes) = HEADER.unpack_from(message)
    if (magic, version, reserved) != (MAGIC, 1, 0) or kind not in HEADS:
        raise Trouble("a bad header: " + message[:8].hex())
    if HEADER.size + head_bytes + tail_bytes != len(message):
        raise Trouble("lengths that do not add up")
    head = HEADS[kind].FromString(message[24:24 + head_bytes])
    return Frame(kind, session, head, message[24 + head_bytes:])


def pack_tail(records):
    return b"".join(struct.pack(">I", len(r)) + r for r in records)


def unpack_tail(tail, count):
    records, at = [], 0
    while at < len(tail):
        if at + 4 > len(tail):
            raise Trouble("a tail that ends inside a length")
        length, = struct.unpack_from(">I", tail, at)
        at += 4
        if not 1 <= length <= RECORD_MAX or at + length > len(tail):
            raise Trouble("a record of %d bytes" % length)
        records.append(tail[at:at + length])
        at += length
    if len(records) != count or not 1 <= count <= BATCH_RECORDS:
        raise Trouble("%d records, not %d" % (len(records), count))
    return records


# --- trees (section 3) ------------------------------------------------------

def leaf(record):
    return hashlib.sha256(b"\0" + record).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    def __init__(self):
        self.size = 0
        self.peaks = {}

    def append(self, record):
        level, top = 0, leaf(record)
        while self.size >> level & 1:
            top = node(self.peaks[level], top)
            level += 1
        self.peaks[level] = top
        self.size += 1

    def root(self):
        peaks = [self.peaks[level] for level in range(self.size.bit_length())
                 if self.size >> level & 1]
        if not peaks:
            return hashlib.sha256(b"").digest()
        root = peaks[0]
        for peak in peaks[1:]:
            root = node(peak, root)
        return root


def root_of(records):
    """By the recursive definition: the check on Tree."""
    if len(records) < 2:
        return leaf(records[0]) if records else hashlib.sha256(b"").digest()
    split = 1 << (len(records) - 1).bit_length() - 1
    return node(root_of(records[:split]), root_of(records[split:]))


# --- keys (section 1) -------------------------------------------------------

PRIME = 2 ** 255 - 19
sodium = ctypes.CDLL("libsodium.so.23")
if sodium.sodium_init() < 0:
    raise OSError("libsodium does not start")


def curve_public(ed25519_public):
    y = int.from_bytes(ed25519_public, "little") & ~(1 << 255)
    u = (1 + y) * pow(1 - y, -1, PRIME) % PRIME
    return u.to_bytes(32, "little")


class Keys:
    """An office's Ed25519 pair, and the CURVE pair that follows from it."""

    def __init__(self, seed):
        self.seed = seed
        public = ctypes.create_string_buffer(32)
        self._secret = ctypes.create_string_buffer(64)
        sodium.crypto_sign_seed_keypair(public, self._secret, seed)
        self.public = public.raw
        self.curve_public = curve_public(self.public)
        scalar = bytearray(hashlib.sha512(seed).digest()[:32])
        scalar[0] &= 248
        scalar[31] = scalar[31] & 127 | 64
        self.curve_secret = bytes(scalar)

    @classmethod
    def new(cls):
        return cls(os.urandom(32))

    def sign(self, message):
        signature = ctypes.create_string_buffer(64)
        sodium.crypto_sign_detached(signature, None, message,
                                    ctypes.c_ulonglong(len(message)),
                                    self._secret)
        return signature.raw

    def open_seal(self, sealed):
        if len(sealed) < 48:
            raise Trouble("a sealed secret of %d bytes" % len(sealed))
        inside = ctypes.create_string_buffer(len(sealed) - 48)
        if sodium.crypto_box_seal_open(inside, sealed,
                                       ctypes.c_ulonglong(len(sealed)),
                                       self.curve_public, self.curve_secret):
            raise Trouble("a sealed secret that does not open")
        return inside.raw


# --- a connection -----------------------------------------------------------

class Line:
    """One attempt: one socket, never reconnected."""
    numbers = itertools.count()

    def __init__(self, address, server_public, public, secret):
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.reconnect_ivl = -1
        self.socket.maxmsgsize = FRAME_MAX
        if server_public:
            self.socket.curve_serverkey = server_public
            self.socket.curve_publickey = public
            self.socket.curve_secretkey = secret
        self.monitor = self.socket.get_monitor_socket(
            addr=f"inproc://line-{next(self.numbers)}")
        self.monitor.linger = 0
        self.socket.connect(address)

    def handshake(self, seconds=10):
        """True: up.  False: refused or dropped.  None: nothing happened."""
        end = time.monotonic() + seconds
        while self.monitor.poll(max(0, int(1000 * (end - time.monotonic())))):
            event = zmq.utils.monitor.recv_monitor_message(self.monitor)
            if event["event"] == zmq.EVENT_HANDSHAKE_SUCCEEDED:
                return True
            if event["event"] in (zmq.EVENT_HANDSHAKE_FAILED_AUTH,
                                  zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL,
                                  zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL,
                                  zmq.EVENT_DISCONNECTED):
                return False
        return None

    def lost(self):
        """Whether the connection has gone since the handshake."""
        while self.monitor.poll(0):
            event = zmq.utils.monitor.recv_monitor_message(self.monitor)
            if event["event"] == zmq.EVENT_DISCONNECTED:
                return True
        return False

    def send(self, message):
        self.socket.send(message, zmq.NOBLOCK)

    def receive(self, seconds):
        """The next frame, or None."""
        if not self.socket.poll(max(0, int(1000 * seconds))):
            return None
        parts = self.socket.recv_multipart()
        if len(parts) != 1:
            raise Trouble("a message of %d parts" % len(parts))
        return unpack_frame(parts[0])

    def close(self):
        self.socket.disable_monitor()
        self.monitor.close()
        self.socket.close()


# --- enrolment (section 9) --------------------------------------------------

BLANKS = " \t\r"


class Invitation(dict):
    @classmethod
    def parse(cls, text):
        if len(text.encode()) > 8192:
            raise Trouble("an invitation of more than 8192 bytes")
        invitation = cls()
        covered = hashlib.blake2b(digest_size=32)
        for line in text.removeprefix("\ufeff").split("\n"):
            line = line.strip(BLANKS)
            if not line or line.startswith("#"):
                continue
            name, _, value = line.partition("=")
            name, value = name.strip(BLANKS), value.strip(BLANKS)
            invitation.setdefault(name, value)
            if name == "check":
                break
            covered.update(line.encode() + b"\n")
        if invitation.get("petition-relay-invitation") != "1":
            raise Trouble("not an invitation of version 1")
        if invitation.get("check") != covered.hexdigest()[:8]:
            raise Trouble("the check line does not agree")
        return invitation

    @property
    def parent_key(self):
        return bytes.fromhex(self["parent-key"])

    def line(self):
        return Line(self["address"], curve_public(self.parent_key),
                    bytes.fromhex(self["once-public"]),
                    bytes.fromhex(self["once-secret"]))


def enrol_request(invitation, keys, name, /, **other):
    """The ENROL; `other` replaces fields, signed as they then are."""
    request = link_pb2.Enrol(invitation=invitation["id"],
                             office=invitation["office"], name=name,
                             public_key=keys.public)
    for field, value in other.items():
        setattr(request, field, value)
    request.signature = keys.sign(
        b"petition-relay/enrol/1\0"
        + f"invitation {request.invitation}\noffice {request.office}\n"
          f"key {request.public_key.hex()}\n"
          f"parent-key {invitation['parent-key'].lower()}\n".encode())
    return request


def enrol(invitation, keys, name, seconds=10, /, **other):
    """ENROL until there is an answer; the matching secrets by version."""
    line = invitation.line()
    try:
        if not line.handshake(seconds):
            raise Trouble("the parent does not let the one-time key in")
        end = time.monotonic() + seconds
        answer = None
        while answer is None and time.monotonic() < end:
            line.send(pack_frame(ENROL, 0, enrol_request(
                invitation, keys, name, **other)))
            answer = line.receive(2)
    finally:
        line.close()
    if answer is None:
        raise Trouble("ENROL is not answered")
    if answer.session != 0:
        raise Trouble("ENROL is answered in session %d" % answer.session)
    if answer.type == REFUSE:
        raise Refused(answer.head)
    if answer.type != ENROLLED:
        raise Trouble("ENROL is answered by a frame of type %d" % answer.type)
    if (answer.head.office, answer.head.parent) != (invitation["office"],
                                                    invitation["parent"]):
        raise Trouble("enrolled as somebody else")
    secrets = {s.version: keys.open_seal(s.sealed)
               for s in answer.head.secrets}
    if any(len(secret) != 32 or not version
           for version, secret in secrets.items()):
        raise Trouble("a matching secret that is none")
    return secrets


# --- records and streams (section 3) ----------------------------------------

Key = collections.namedtuple("Key", "origin incarnation audience")


def key_of(message):
    return Key(message.origin, message.incarnation, message.audience)


def now_ms():
    return int(time.time() * 1000)


class Stream:
    """The records of one stream, in memory and in a file."""

    def __init__(self, folder, key):
        self.key = key
        self.records = []
        self.tree = Tree()
        name = f"{key.origin}.{key.incarnation}.{key.audience or '_'}"
        self.path = folder / name
        if self.path.exists():
            data = self.path.read_bytes()
            at = 0
            while at < len(data):
                length, = struct.unpack_from(">I", data, at)
                self._take(data[at + 4:at + 4 + length])
                at += 4 + length

    @property
    def size(self):
        return self.tree.size

    def _take(self, record):
        self.records.append(record)
        self.tree.append(record)

    def append(self, records):
        """On the disk when it returns."""
        with self.path.open("ab") as file:
            file.write(pack_tail(records))
            file.flush()
            os.fsync(file.fileno())
        for record in records:
            self._take(record)

    def root(self, size=None):
        if size is None or size == self.size:
            return self.tree.root()
        tree = Tree()
        for record in self.records[:size]:
            tree.append(record)
        return tree.root()

    def root_with(self, records):
        tree = Tree()
        tree.size, tree.peaks = self.tree.size, dict(self.tree.peaks)
        for record in records:
            tree.append(record)
        return tree.root()


def begins(record, key):
    """Whether a stream may begin with this record."""
    try:
        first = record_pb2.Record.FromString(record)
    except Exception:  # whatever protobuf raises: not readable
        return False
    return key_of(first) == key and first.sequence == 1


# --- the child (sections 4 to 8) --------------------------------------------

class Child:
    def __init__(self, folder, office, parent, address, parent_key, keys,
                 name=""):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.office, self.parent, self.name = office, parent, name
        self.address, self.parent_key, self.keys = address, parent_key, keys
        self.streams = {}
        self.incarnation = 0  # none begun
        for path in self.folder.iterdir():
            origin, incarnation, audience = path.name.split(".")
            self.stream(Key(origin, int(incarnation),
                            audience.replace("_", "")))
            if origin == office:
                self.incarnation = max(self.incarnation, int(incarnation))
        self.line = None
        self.session = 0
        self.window = WINDOW
        self.refusals = []   # those that do not end the session
        self.acks = self.pongs = 0

    @classmethod
    def enrolled(cls, folder, invitation, keys, name=""):
        return cls(folder, invitation["office"], invitation["parent"],
                   invitation["address"], invitation.parent_key, keys, name)

    # What it records.

    def stream(self, key):
        if key not in self.streams:
            self.streams[key] = Stream(self.folder, key)
        return self.streams[key]

    @property
    def own(self):
        return self.stream(Key(self.office, self.incarnation, ""))

    def make(self, key, sequence, kind, payload, **other):
        fields = dict(origin=key.origin, incarnation=key.incarnation,
                      audience=key.audience, sequence=sequence,
                      claimed_ms=now_ms(), recorded_ms=now_ms(), schema=1,
                      kind=kind, payload=payload.SerializeToString(),
                      actor_role="system")
        fields.update(other)
        return record_pb2.Record(**fields).SerializeToString()

    def write(self, payloads):
        """Record these (kind, payload) in the present incarnation."""
        size = self.own.size
        self.own.append([self.make(self.own.key, size + at, kind, payload)
                         for at, (kind, payload) in enumerate(payloads, 1)])

    def begin(self, after=0):
        """A new incarnation, later than all that it has seen of itself."""
        opened = record_pb2.OfficeOpened(office=self.office, name=self.name,
                                         public_key=self.keys.public)
        before = self.incarnation or after
        if before:
            held = self.stream(Key(self.office, before, ""))
            opened.previous_incarnation = before
            opened.previous_size = held.size
            opened.previous_root = held.root()
        self.incarnation = max(int(time.time()), self.incarnation + 1,
                               after + 1)
        self.write([(record_pb2.KIND_OFFICE_OPENED, opened)])

    def petition(self, number):
        return record_pb2.Petition(
            item=f"{self.office}-{self.incarnation}-{number:06d}",
            channel="LX", purpose="SS", level="D", heads=1,
            responsible=self.office, subject=f"路灯不亮 {number}",
            text=f"第 {number} 盏路灯已经一周不亮。", place="中山路")

    def register(self, count):
        first = self.own.size + 1
        self.write([(record_pb2.KIND_PETITION_REGISTERED, self.petition(n))
                    for n in range(first, first + count)])

    # The session.

    def hang_up(self):
        if self.line:
            self.line.close()
        self.line = None
        self.session = 0

    def connect(self, seconds=10):
        self.hang_up()
        self.line = Line(self.address, curve_public(self.parent_key),
                         self.keys.curve_public, self.keys.curve_secret)
        return self.line.handshake(seconds)

    def send(self, kind, head, tail=b"", session=None):
        self.line.send(pack_frame(
            kind, self.session if session is None else session, head, tail))
        self.spoke = time.monotonic()

    def hello(self):
        greeting = link_pb2.Greeting(
            protocol_min=1, protocol_max=1, office=self.office,
            software="relay_client.py", time_ms=now_ms(),
            window_bytes=WINDOW)
        for stream in self.streams.values():
            greeting.marks.add(key=link_pb2.StreamKey(**stream.key._asdict()),
                               size=stream.size, root=stream.root())
        return greeting

    def greet(self, seconds=10):
        """A new connection and a new session; the parent's marks."""
        end = time.monotonic() + seconds
        if not self.connect(seconds):
            raise Trouble("the handshake fails")
        self.session = random.randrange(1, 1 << 64)
        welcome = None
        while welcome is None:
            if time.monotonic() > end:
                raise Trouble("no WELCOME")
            self.send(HELLO, self.hello())
            frame = self.line.receive(min(2, seconds))
            if frame is None or frame.session != self.session:
                continue
            if frame.type == REFUSE:
                raise Refused(frame.head)
            if frame.type == WELCOME:
                welcome = frame.head
        if not 1 == welcome.protocol_min <= welcome.protocol_max:
            raise Trouble("no protocol version in common")
        if welcome.office != self.parent:
            raise Trouble("welcomed by " + welcome.office)
        self.heard = time.monotonic()
        self.window = welcome.window_bytes
        self.under_way = []  # (key, last sequence, bytes)
        self.acked, self.sent, self.halted = {}, {}, set()
        self._compare(welcome)
        return {key_of(m.key): m.size for m in welcome.marks}

    def _compare(self, welcome):
        newest = 0
        for mark in welcome.marks:
            key = key_of(mark.key)
            if len(mark.root) != 32:
                raise Trouble("a mark without a root")
            if not self.shares(key):
                continue
            held = self.streams.get(key)
            size = held.size if held else 0
            self.acked[key] = self.sent[key] = min(mark.size, size)
            if held and mark.size <= size and held.root(
                    mark.size) != mark.root:
                self.halted.add(key)
                self.send(REFUSE, link_pb2.Refuse(
                    code=link_pb2.REFUSE_FORK, key=mark.key, size=size,
                    root=held.root()))
            elif (key.origin == self.office and mark.size > size
                  and key.incarnation >= self.incarnation):
                newest = max(newest, key.incarnation)
        if newest or not self.incarnation:
            self.begin(newest)

    def shares(self, key):
        return (key.origin == self.office and not key.audience
                or key.origin == self.parent and key.audience == self.office)

    # Sending.

    def batch(self, key, first, count, /, **other):
        """Head and tail; `other` replaces fields of the head."""
        stream = self.streams[key]
        tail = pack_tail(stream.records[first - 1:first - 1 + count])
        head = link_pb2.Batch(key=link_pb2.StreamKey(**key._asdict()),
                              first=first, count=count)
        head.root = other.pop("root", None) or stream.root(first - 1 + count)
        for field, value in other.items():
            setattr(head, field, value)
        return head, tail

    def room(self, records):
        """How many of these fit into one batch and the parent's window."""
        under_way = sum(size for _, _, size in self.under_way)
        left = min(BATCH_BYTES, self.window - under_way)
        if len(self.under_way) >= UNDER_WAY or (left <= 0 and under_way):
            return 0
        count = size = 0
        for record in records[:BATCH_RECORDS]:
            size += 4 + len(record)
            if size > left:
                break
            count += 1
        return max(1, count)  # one single record may go beyond it

    def offer(self, most=BATCH_RECORDS):
        """Send what the parent lacks and its window takes."""
        for key, stream in sorted(self.streams.items(),
                                  key=lambda i: i[0].origin != self.office):
            while key not in self.halted:
                at = self.sent.get(key, 0)
                count = min(most, self.room(stream.records[at:at + most]))
                if at >= stream.size or not count:
                    break
                head, tail = self.batch(key, at + 1, count)
                self.send(BATCH, head, tail)
                self.sent[key] = at + count
                self.under_way.append((key, at + count, len(tail)))

    # Receiving.

    def step(self, seconds):
        """Take one frame, if one comes; keep the line alive."""
        if time.monotonic() - self.spoke > SPEAK:
            self.send(PING, link_pb2.Ping(time_ms=now_ms()))
        if time.monotonic() - self.heard > SILENCE:
            self.hang_up()
            raise Trouble("the parent is silent")
        frame = self.line.receive(min(seconds, 1))
        if frame is None or frame.session != self.session:
            return frame
        self.heard = time.monotonic()
        if frame.type == PING:
            self.send(PONG, link_pb2.Ping(time_ms=now_ms()))
        elif frame.type == PONG:
            self.pongs += 1
        elif frame.type == ACK:
            self._acknowledged(frame.head)
        elif frame.type == BATCH:
            self._take(frame)
        elif frame.type == REFUSE:
            self._refused(frame.head)
        return frame

    def _acknowledged(self, ack):
        self.acks += 1
        self.window = ack.window_bytes
        for mark in ack.marks:
            key = key_of(mark.key)
            if mark.root:
                raise Trouble("an ACK with a root")
            if mark.size <= self.sent.get(key, 0):
                self.acked[key] = max(self.acked.get(key, 0), mark.size)
        self.under_way = [batch for batch in self.under_way
                          if batch[1] > self.acked.get(batch[0], 0)]

    def _refused(self, refuse):
        if refuse.code in (link_pb2.REFUSE_FORK, link_pb2.REFUSE_SCOPE):
            self.refusals.append(refuse)
            self.halted.add(key_of(refuse.key))
            return
        self.hang_up()
        raise Refused(refuse)

    def refuse(self, code, key):
        stream = self.streams.get(key)
        self.send(REFUSE, link_pb2.Refuse(
            code=code, key=link_pb2.StreamKey(**key._asdict()),
            size=stream.size if stream else 0,
            root=stream.root() if stream else b""))

    def _take(self, frame):
        key, first = key_of(frame.head.key), frame.head.first
        records = unpack_tail(frame.tail, frame.head.count)
        held = self.streams.get(key)
        if not self.shares(key):
            return self.refuse(link_pb2.REFUSE_SCOPE, key)
        if (key.origin == self.office and key.incarnation == self.incarnation
                or not held and not (first == 1 and begins(records[0], key))):
            return self.refuse(link_pb2.REFUSE_SCOPE if first == 1
                               else link_pb2.REFUSE_GAP, key)
        if key in self.halted:
            return None
        stream = self.stream(key)
        if first > stream.size + 1:
            return self.refuse(link_pb2.REFUSE_GAP, key)
        fresh = records[stream.size - first + 1:]
        if fresh:
            if stream.root_with(fresh) != frame.head.root:
                self.refuse(link_pb2.REFUSE_MALFORMED, key)
                self.hang_up()
                raise Trouble("a batch whose root is wrong")
            stream.append(fresh)
            self._receipts(fresh, key)
        ack = link_pb2.Ack(window_bytes=WINDOW)
        ack.marks.add(key=frame.head.key, size=stream.size)
        self.send(ACK, ack)
        self.sent[key] = self.acked[key] = stream.size
        return None

    def _receipts(self, records, key):
        """For each directive that has arrived: DLV."""
        if key.origin != self.parent:
            return
        for packed in records:
            record = record_pb2.Record.FromString(packed)
            if record.kind == record_pb2.KIND_DIRECTIVE_ISSUED:
                issued = record_pb2.DirectiveIssued.FromString(record.payload)
                self.write([(record_pb2.KIND_DIRECTIVE_STEP,
                             record_pb2.DirectiveStep(
                                 id=issued.id, addressee=self.office,
                                 status="DLV"))])

    def directives(self):
        """All that have arrived, oldest first."""
        found = []
        for key, stream in sorted(self.streams.items()):
            if key.origin == self.parent:
                records = map(record_pb2.Record.FromString, stream.records)
                found += [record_pb2.DirectiveIssued.FromString(r.payload)
                          for r in records
                          if r.kind == record_pb2.KIND_DIRECTIVE_ISSUED]
        return found

    # In one go.

    def run(self, done, seconds, most=BATCH_RECORDS):
        """Send and take frames until `done()`."""
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise Trouble("not done after %d s" % seconds)
            self.offer(most)
            self.step(0.2)

    def sync(self, seconds=20, most=BATCH_RECORDS):
        """Until the parent has acknowledged all that is not halted."""
        self.run(lambda: all(self.acked.get(key, 0) >= stream.size
                             for key, stream in self.streams.items()
                             if key not in self.halted), seconds, most)
