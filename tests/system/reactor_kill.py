"""A city that is killed while it supervises; by 63-reactor-under-kill.sh.

usage: reactor_kill.py below NAME CODE        the table of a district
       reactor_kill.py work BIN ITEMS KILLS   writes plan.json
       reactor_kill.py check                  when all are stopped

The offices lie in the present folder; the daemons of the districts run, the
city's is started and killed here.
"""
import collections
import csv
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time

from ledgers import own_records, handed_records
from relay_client import record_pb2 as pb

LOWER = 10      # items that each district has
TABLE = 10      # visits of one import
KILLS_AFTER = 3  # once more when all was recorded
LIVES_S = 0.02, 1.0
COMMAND_S = 60
SETTLE_S = 90
AGAIN = 75
DISTRICTS = {"donghu": "990101", "xihu": "990102"}
HEAD = ["number", "date", "channel", "office", "subject", "text", "earlier"]
ABOUT = ["拖欠工资", "路灯不亮", "河道污水", "拆迁补偿", "学区划分",
         "医保报销", "噪声扰民", "违章搭建", "电梯停运", "公交改线"]
quiet = threading.Lock()  # while a file is lost, no command has it open


def fail(why):
    print("FAILED:", why, file=sys.stderr, flush=True)
    raise SystemExit(1)


def write_table(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        out.writerows(rows)


def below(name, code):
    write_table(f"below.{name}.csv", [
        (f"{n}", "2026-01-05", "LX", code, f"{name}{ABOUT[n]}",
         f"{name}第{n}号：{ABOUT[n]}，请处理。", "") for n in range(LOWER)])


# -- the work ----------------------------------------------------------------

def run(*words):
    """A command of the city, given until it is answered: when the answer was
    lost it may have been done."""
    end = time.monotonic() + COMMAND_S
    while True:
        with quiet:
            done = subprocess.run(
                [os.path.join(sys.argv[2], "city-hub"), "-C", "city", *words,
                 "--json"], stdin=subprocess.DEVNULL, capture_output=True,
                text=True, timeout=COMMAND_S, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout)
        if done.returncode != AGAIN or time.monotonic() > end:
            fail(f"{words}: {done.returncode} {done.stdout}{done.stderr}")
        time.sleep(0.05)


def import_visits(turn, rows):
    write_table(f"visits.{turn}.csv", rows)
    said = run("import", f"visits.{turn}.csv", "--map", "map.ini")
    if not said["complete"] or \
            said["recorded"] + said["already"] != len(rows):
        fail(f"an import: {said}")


def register(number, *words):
    return run("register", "--purpose", "QJ", "--source", "counter",
               "--source-ref", number, *words)["item"]


def work(items, plan):
    rows = []
    for name, code in DISTRICTS.items():
        with open(f"below.{name}.json", encoding="utf-8") as file:
            there = [petition["item"] for petition in json.load(file)]
        rows += [(f"v-{code}-{n}", "2026-01-06", "LF", code,
                  f"{name}再访{ABOUT[n % LOWER]}",
                  f"{name}第{n}次来访：{ABOUT[n % LOWER]}。",
                  there[n % LOWER]) for n in range(items)]
    random.shuffle(rows)
    for n in range(items):
        code = list(DISTRICTS.values())[n % 2]
        if n * TABLE < len(rows):
            import_visits(n, rows[n * TABLE:(n + 1) * TABLE])
        plan["visits"].append((register(
            f"w-{n}", "--channel", "LF", "--responsible", code,
            "--subject", f"窗口来访{n}", "--text", f"第{n}位来访人。"), code))
        letter = register(f"l-{n}", "--channel", "LX", "--subject",
                          f"来信{n}", "--text", f"第{n}条街的事。")
        # Twice, where an answer is lost: two records, each handed once.
        run("act", letter, "forward", "--to", code)
        plan["letters"].append((letter, code))
    plan["imported"] = [(row[0], row[3]) for row in rows]


# -- the killing -------------------------------------------------------------

class City:
    """Its daemon.  A command without a daemon may hold the folder just now:
    then it does not start, and is started again."""

    def __init__(self):
        self.process = None
        self.starts = self.kills = 0

    def lines(self):
        with open("city.log", "rb") as log:
            return log.read().count(b"event=running")

    def start(self):
        end = time.monotonic() + COMMAND_S
        while time.monotonic() < end:
            lines = self.lines()
            self.starts += 1
            with open("city.log", "ab") as log:
                self.process = subprocess.Popen(
                    ["setpriv", "--pdeathsig", "KILL", os.path.join(
                        sys.argv[2], "city-hub"), "-C", "city", "run"],
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            while self.process.poll() is None:
                if self.lines() > lines:
                    return
                time.sleep(0.01)
            if self.process.returncode != AGAIN:
                fail(f"the city ends: {self.process.returncode}")
            time.sleep(0.02)
        fail("the city does not start")

    def kill(self, lost=None):
        if self.process.poll() is not None:
            fail(f"the city ended by itself: {self.process.returncode}")
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.kills += 1
        if lost:
            with quiet:
                for path in pathlib.Path("city").glob(lost + "*"):
                    path.unlink()

    def stop(self):
        self.process.terminate()
        status = self.process.wait(30)
        if status != 0:
            fail(f"the city does not end well: {status}")


def kill_often(city, worker, kills):
    after = 0
    while after < KILLS_AFTER or city.kills < kills:
        after += not worker.is_alive()
        city.start()
        time.sleep(random.uniform(*LIVES_S))
        city.kill({3: "match.db", 6: "register.db"}.get(city.kills))
    city.start()


# -- the end -----------------------------------------------------------------

def register_of(name):
    return sqlite3.connect(f"file:{name}/register.db?mode=ro", uri=True)


def lacks(plan):
    """What has not come down; None: all of it has."""
    for name, code in DISTRICTS.items():
        db = register_of(name)
        try:
            have, told, sent = ({row[0] for row in db.execute(sql)} for sql in (
                "SELECT item FROM petition", "SELECT item FROM escalation",
                "SELECT item FROM move WHERE move = 'FWD'"))
        except sqlite3.Error as error:
            return str(error)
        finally:
            db.close()
        for what, wanted, there in (
                ("visit", plan["visits"], have & told),
                ("letter", plan["letters"], have & sent)):
            for item, to in wanted:
                if to == code and item not in there:
                    return f"{what} {item} is not at {name}"
    return None


def settle(plan):
    end = time.monotonic() + SETTLE_S
    while why := lacks(plan):
        if time.monotonic() > end:
            fail(f"after {SETTLE_S} s {why}")
        time.sleep(0.2)
    # What would come a second time comes now; then all of it has arrived.
    size, since = None, time.monotonic()
    while time.monotonic() < min(since + 2, end):
        now = run("status")["journal_records"]
        if now != size:
            size, since = now, time.monotonic()
        time.sleep(0.2)


def main(items, kills):
    seed = int(os.environ.get("SEED", time.time_ns() % 1000000))
    random.seed(seed)
    plan = {"visits": [], "letters": []}
    done = []
    worker = threading.Thread(
        target=lambda: done.append(work(items, plan)), daemon=True)
    city = City()
    worker.start()
    kill_often(city, worker, kills)
    if not done:
        fail("the work was not done")
    print(f"seed {seed}: {city.starts} starts, {city.kills} killed",
          flush=True)
    by_reference = {p["source_ref"]: p["item"]
                    for p in run("petitions", "--limit", "100000")}
    plan["visits"] += [(by_reference[reference], code)
                       for reference, code in plan.pop("imported")]
    settle(plan)
    city.stop()
    with open("plan.json", "w", encoding="ascii") as file:
        json.dump(plan, file)


# -- the check ---------------------------------------------------------------

def in_ledger(plan):
    """What the city recorded, by the bytes in its ledger."""
    visits, letters = dict(plan["visits"]), dict(plan["letters"])
    said = collections.defaultdict(list)
    sent = collections.Counter()
    for record in own_records("city"):
        if record.kind == pb.KIND_PETITION_MOVED:
            sent[pb.Moved.FromString(record.payload).item] += 1
        if record.kind == pb.KIND_ESCALATED:
            e = pb.Escalated.FromString(record.payload)
            said[e.item, record.audience].append((e.revision, e.id, e.office))
    for item, audience in said:
        if item not in visits:
            yield f"{item} is no visit, and told of"
        elif audience not in ("", visits[item]):
            yield f"{item}: {audience} was told"
    for item, code in visits.items():
        everybody, district = said[item, ""], said[item, code]
        if everybody != district:
            yield f"{item}: {everybody} to all, {district} to {code}"
        if [e[0] for e in everybody] != list(range(1, len(everybody) + 1)) \
                or len({e[1:] for e in everybody}) != 1:
            yield f"{item}: escalations {everybody}"
    for name, code in DISTRICTS.items():
        wanted = {item for item, to in (visits | letters).items()
                  if to == code}
        for (item, kind, bytes_), count in handed_once("city", code):
            if item not in wanted:
                yield f"{name} was handed {item}"
            if count != 1:
                yield f"{name} was handed kind {kind} of {item} {count} times"
        have = collections.Counter(
            (item, kind) for (item, kind, _), _ in handed_once("city", code))
        for item in wanted:
            if have[item, pb.KIND_PETITION_REGISTERED] != 1:
                yield f"{name} was not handed {item}"
            moves = have[item, pb.KIND_PETITION_MOVED]
            if moves != sent[item] or (item in letters) != (moves > 0):
                yield f"{name}: {moves} of {sent[item]} moves of {item}"


def handed_once(name, code):
    counts = collections.Counter()
    for packed in handed_records(name, code):
        record = pb.Record.FromString(packed)
        kind = {pb.KIND_PETITION_REGISTERED: pb.Petition,
                pb.KIND_PETITION_MOVED: pb.Moved,
                pb.KIND_MATTER_LINKED: pb.MatterLinked}[record.kind]
        counts[kind.FromString(record.payload).item, record.kind, packed] += 1
    return counts.items()


def in_registers(plan):
    visits, letters = dict(plan["visits"]), dict(plan["letters"])
    with register_of("city") as db:
        told = dict(db.execute("SELECT item, office FROM escalation"
                               " WHERE revision = 1"))
        if told != visits or len(told) != db.execute(
                "SELECT count(*) FROM escalation WHERE revision = 1"
                ).fetchone()[0]:
            yield "the city's register: other escalations"
        own = {row[0] for row in db.execute(
            "SELECT item FROM petition WHERE office = '990100'")}
        if own != set(visits) | set(letters):
            yield "the city recorded other items than it was told"
    for name, code in DISTRICTS.items():
        with register_of(name) as db:
            have = sorted(row[0] for row in db.execute(
                "SELECT item FROM petition WHERE office <> ?", (code,)))
            told = sorted(row[0] for row in db.execute(
                "SELECT item FROM escalation WHERE revision = 1"))
        if have != sorted(item for item, to in (visits | letters).items()
                          if to == code):
            yield f"the register of {name}: other items of the city"
        if told != sorted(item for item, to in visits.items() if to == code):
            yield f"the register of {name}: other notices"


def check():
    with open("plan.json", encoding="ascii") as file:
        plan = json.load(file)
    faults = [*in_ledger(plan), *in_registers(plan)]
    for fault in faults[:20]:
        print("FAILED:", fault, flush=True)
    print(f"{len(plan['visits'])} visits, {len(plan['letters'])} letters, "
          f"{len(faults)} faults")
    raise SystemExit(bool(faults))


if sys.argv[1] == "below":
    below(*sys.argv[2:])
elif sys.argv[1] == "work":
    main(int(sys.argv[3]), int(sys.argv[4]))
else:
    check()
