#!/usr/bin/python3
"""Offices whose processes are killed all the time, while tables are imported
and clerks register.

Usage: under_kill.py kill PLAN.json SECONDS DOWN_SECONDS
       under_kill.py check PLAN.json

PLAN.json: bin, and the offices from the top: name, code, program; of those
that import also table, map, source.

kill: daemons are kept up, as a supervisor does, but the city stays down for
DOWN_SECONDS.  Each importing office imports its table under one source name
after the other until the time is over, with a clerk beside it who registers
one by one.  Every few hundred milliseconds a process is killed (SIGKILL): a
daemon, an import, a clerk's command.  Then everything may finish, everything
must arrive, and the daemons are stopped in order.  What the commands reported
as recorded is written down in promises.json.

check: every promise is kept at every office on the way up, once, and each
import has recorded what an undisturbed import of the same table records, in
the same order.  The offices are stopped.
"""
import csv
import json
import os
import random
import signal
import subprocess
import sys
import time

KILL_EVERY_S = 0.15, 0.45
CLERK_EVERY_S = 0.2
ROUND_EVERY_S = 0.5, 1.5  # pause after an import
ROUNDS_MAX = 100
IMPORT_LIVES_S = 0.02, 0.6
COMMAND_S = 60
ARRIVAL_S = 60
TICK_S = 0.01
AGAIN = 75  # the exit status "try again"
SAME = "source_ref", "subject", "text", "claimed_at", "channel", "purpose", \
    "category", "responsible", "place", "heads"


def fail(why):
    print(f"FAILED: {why}", file=sys.stderr, flush=True)
    raise SystemExit(1)


class Job:
    """A process that is started again whenever it has ended too early."""

    def __init__(self, kind, office):
        self.kind, self.office = kind, office
        self.process = None
        self.starts_at = 0.0
        self.starts = self.kills = self.refusals = 0
        self.is_killed = False

    def launch(self, command, out, err):
        # Whatever happens to this script, the child ends with it.
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *command],
            stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        self.is_killed = False
        self.starts += 1

    def command(self, *words):
        office = self.office
        return [os.path.join(office["bin"], office["program"]),
                "-C", office["name"], *words]

    def kill(self):
        if self.process is not None and not self.is_killed and \
                self.process.poll() is None:
            self.process.kill()
            self.is_killed = True
            self.kills += 1

    def step(self, now):
        if self.process is None:
            if now >= self.starts_at and self.is_wanted(now):
                self.start()
        elif self.process.poll() is not None:
            status, self.process = self.process.returncode, None
            self.starts_at = now + self.ended(status)


class Daemon(Job):
    def __init__(self, office):
        super().__init__("daemon", office)
        self.wanted_at = 0.0
        self.is_stopping = False

    def is_wanted(self, now):
        return now >= self.wanted_at and not self.is_stopping

    def start(self):
        with open(self.office["name"] + ".log", "ab") as log:
            self.launch(self.command("run"), log, log)

    def ended(self, status):
        if not self.is_killed and not self.is_stopping:
            # A command without a daemon may hold the folder just now.
            if status != AGAIN:
                fail(f"the daemon of {self.office['name']} ended: {status}")
            self.refusals += 1
        return random.uniform(0, 0.2)

    def stop(self):
        self.is_stopping = True
        if self.process is None:
            return
        self.process.terminate()
        try:
            status = self.process.wait(COMMAND_S)
        except subprocess.TimeoutExpired:
            fail(f"the daemon of {self.office['name']} does not stop")
        if status != 0:
            fail(f"the daemon of {self.office['name']} stopped: {status}")


class Import(Job):
    """One table, recorded under one source name per round."""

    def __init__(self, office, until):
        super().__init__("import", office)
        self.until = until
        self.rounds = []  # what each complete one said
        self.codes = []  # files in which numbers were reported
        self.dies_at = 0.0
        self.is_midway = False  # a round has begun and is not complete

    def is_done(self, now):
        enough = now >= self.until or len(self.rounds) == ROUNDS_MAX
        return self.process is None and not self.is_midway and enough

    def is_wanted(self, now):
        return not self.is_done(now)

    def start(self):
        name = self.office["name"]
        round_map = f"{name}.{len(self.rounds) + 1}.ini"
        if not os.path.exists(round_map):
            with open(self.office["map"], encoding="utf-8") as source, \
                    open(round_map, "w", encoding="utf-8") as target:
                target.write(source.read().replace(
                    f"source = {self.office['source']}\n",
                    f"source = {self.source(len(self.rounds) + 1)}\n"))
        self.codes.append(f"{name}.{self.starts}.codes.csv")
        self.is_midway = True
        with open(f"{name}.import", "wb") as out, \
                open(f"{name}.import.err", "wb") as err:
            self.launch(self.command(
                "import", self.office["table"], "--map", round_map, "--json",
                "--query-codes", self.codes[-1]), out, err)
        # Too short for the killer to meet it often: half of them die anyhow.
        self.dies_at = time.monotonic() + random.uniform(*IMPORT_LIVES_S)
        if random.random() < 0.5:
            self.dies_at = float("inf")

    def die_early(self, now):
        if self.dies_at <= now < self.until:
            self.kill()

    def source(self, number):
        return f"{self.office['source']}-{number}"

    def ended(self, status):
        if self.is_killed or status == AGAIN:
            return random.uniform(0, 0.1)
        name = self.office["name"]
        with open(f"{name}.import.err", encoding="utf-8") as f:
            err = f.read()
        if status not in (0, 1):
            fail(f"the import of {name} ended: {status} {err}")
        with open(f"{name}.import", encoding="utf-8") as f:
            said = json.load(f)
        if not said["complete"]:
            fail(f"the import of {name} is not complete: {err}")
        self.rounds.append(said)
        self.is_midway = False
        return random.uniform(*ROUND_EVERY_S)

    def promises(self):
        for name in self.codes:
            if os.path.exists(name):
                yield from reported_in(name)


def reported_in(name):
    """Numbers that an import wrote down; a last half line is none."""
    with open(name, "rb") as f:
        text = f.read()
    text = text[:text.rfind(b"\r\n") + 2].decode("utf-8-sig")
    for row in csv.DictReader(text.splitlines(keepends=True)):
        yield row["item"]


class Clerk(Job):
    """Registers one by one, and asks again when no answer came."""

    def __init__(self, office, until):
        super().__init__("clerk", office)
        self.until = until
        self.items = []

    def is_wanted(self, now):
        return now < self.until

    def start(self):
        name = self.office["name"]
        number = str(len(self.items) + 1)
        with open(f"{name}.clerk", "wb") as out, \
                open(f"{name}.clerk.err", "wb") as err:
            self.launch(self.command(
                "register", "--channel", "LF", "--purpose", "QJ",
                "--category", "03", "--subject", f"Visitor {number}",
                "--source", "counter", "--source-ref", number, "--json"),
                out, err)

    def ended(self, status):
        if self.is_killed or status == AGAIN:
            return random.uniform(0, 0.1)
        name = self.office["name"]
        if status != 0:
            with open(f"{name}.clerk.err", encoding="utf-8") as f:
                fail(f"the clerk of {name}: {status} {f.read()}")
        with open(f"{name}.clerk", encoding="utf-8") as f:
            self.items.append(json.load(f)["item"])
        return CLERK_EVERY_S


def ask(office, *words):
    """What a command prints as JSON; None: it could not be asked."""
    done = subprocess.run(
        [os.path.join(office["bin"], office["program"]), "-C", office["name"],
         *words, "--json"], stdin=subprocess.DEVNULL, capture_output=True,
        timeout=COMMAND_S, check=False)
    if done.returncode == AGAIN:
        return None
    if done.returncode != 0:
        fail(f"{office['name']} {words}: {done.returncode} "
             f"{done.stderr.decode()}")
    return json.loads(done.stdout)


def has_arrived(offices):
    for office in offices:
        if "table" in office:
            counts = {json.dumps(ask(other, "petitions", "--count",
                                     "--office", office["code"]))
                      for other in offices
                      if other is office or "table" not in other}
            if len(counts) != 1:
                return False
    return True


def kill(offices, seconds, down_seconds):
    seed = int(os.environ.get("SEED", time.time_ns() % 1000000))
    random.seed(seed)
    print(f"seed {seed}: {seconds:.0f} s, {down_seconds:.0f} of them with the"
          " city down", flush=True)
    begun = time.monotonic()
    until = begun + seconds
    daemons = [Daemon(office) for office in offices]
    for daemon in daemons:
        if daemon.office["name"] == "city":
            daemon.wanted_at = begun + down_seconds
    imports = [Import(o, until) for o in offices if "table" in o]
    clerks = [Clerk(o, until) for o in offices if "table" in o]
    jobs = daemons + imports + clerks
    kill_at = begun + 1
    while (now := time.monotonic()) < until or \
            not all(i.is_done(now) for i in imports):
        for job in jobs:
            job.step(now)
        for job in imports:
            job.die_early(now)
        if kill_at <= now < until:
            alive = [job for job in jobs if job.process is not None]
            weights = [4 if job.kind == "daemon" else 1 for job in alive]
            if alive:
                random.choices(alive, weights)[0].kill()
            kill_at = now + random.uniform(*KILL_EVERY_S)
        if now > until + COMMAND_S:
            fail("the imports do not end")
        time.sleep(TICK_S)
    settled = time.monotonic() + ARRIVAL_S
    while not has_arrived(offices):
        for job in jobs:
            job.step(time.monotonic())
        if time.monotonic() > settled:
            fail(f"not everything has arrived after {ARRIVAL_S} s")
        time.sleep(0.2)
    for job in clerks:  # the answer to the last one does not matter
        if job.process is not None:
            job.process.wait(COMMAND_S)
    for daemon in reversed(daemons):
        daemon.stop()
    report(jobs, imports, clerks)


def report(jobs, imports, clerks):
    for kind in "daemon", "import", "clerk":
        of_kind = [job for job in jobs if job.kind == kind]
        print(f"{kind}: {sum(j.starts for j in of_kind)} starts, "
              f"{sum(j.kills for j in of_kind)} killed, "
              f"{sum(j.refusals for j in of_kind)} found the folder in use")
    promises = {}
    for job, clerk in zip(imports, clerks):
        name = job.office["name"]
        promises[name] = {
            "imported": sorted(set(job.promises())),
            "registered": clerk.items,
            "sources": [job.source(n + 1) for n in range(len(job.rounds))],
            "refused": [said["refused_rows"] for said in job.rounds],
        }
        last = job.rounds[-1]
        print(f"{name}: {len(job.rounds)} x {last['read']} rows, "
              f"{last['refused']} refused each; {len(clerk.items)} registered;"
              f" {len(promises[name]['imported'])} numbers reported")
        for said in job.rounds:
            parts = [said[k] for k in ("recorded", "already", "refused",
                                       "skipped")]
            if sum(parts) != said["read"]:
                fail(f"{name}: the import does not add up: {said}")
            if said["refused"] != last["refused"] or not all(
                    row["line"] > 1 and row["sentence"]
                    for row in said["refused_rows"]):
                fail(f"{name}: refused rows: {said['refused_rows']}")
    with open("promises.json", "w", encoding="utf-8") as f:
        json.dump(promises, f)


def essence(petitions):
    return [[p[key] for key in SAME] for p in petitions]


def check_office(office, promise, above):
    name = office["name"]
    own = ask(office, "petitions", "--office", office["code"])
    items = [p["item"] for p in own]
    if len(set(items)) != len(items):
        fail(f"{name} has a number twice")
    for other in above:
        if items != [p["item"] for p in ask(
                other, "petitions", "--office", office["code"])]:
            fail(f"{other['name']} has not the petitions of {name} in order")
    lost = (set(promise["imported"]) | set(promise["registered"])) - set(items)
    if lost:
        fail(f"{name}: reported as recorded, and not there: {sorted(lost)}")
    counter = [p["source_ref"] for p in own if p["source"] == "counter"]
    if len(set(counter)) != len(counter):
        fail(f"{name}: the clerk's command has recorded one twice")
    rows = check_imports(office, promise, own)
    print(f"{name}: {len(items)} petitions, {rows} of them imported; every"
          " number that was reported is there, at all levels")
    return len(items)


def check_imports(office, promise, own):
    """Each round is what an import does that nobody disturbs."""
    control = dict(office, name=f"{office['name']}.control")
    subprocess.run(
        [os.path.join(office["bin"], office["program"]), "-C",
         control["name"], "init", "--office", office["code"], "--parent",
         "990100", "--name", "control"], check=True, capture_output=True)
    done = subprocess.run(
        [os.path.join(office["bin"], office["program"]), "-C",
         control["name"], "import", office["table"], "--map", office["map"],
         "--json"], check=False, capture_output=True)
    said = json.loads(done.stdout)
    wanted = essence(ask(control, "petitions"))
    rows = 0
    for source, refused in zip(promise["sources"], promise["refused"]):
        got = [p for p in own if p["source"] == source]
        if essence(got) != wanted:
            fail(f"{office['name']}: {source} is not what the table says: "
                 f"{len(got)} rows, not {len(wanted)}")
        # The clock is in some reasons, so only the lines are compared.
        if [r["line"] for r in refused] != \
                [r["line"] for r in said["refused_rows"]]:
            fail(f"{office['name']}: {source}: other rows were refused")
        rows += len(got)
    return rows


def check(offices):
    with open("promises.json", encoding="utf-8") as f:
        promises = json.load(f)
    above = [o for o in offices if "table" not in o]
    total = sum(check_office(o, promises[o["name"]], above)
                for o in offices if "table" in o)
    for office in above:
        if ask(office, "petitions", "--count") != {"count": total}:
            fail(f"{office['name']} has more or less than {total}")
    print(f"{total} petitions at the city and at the province, each once")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with open(sys.argv[2], encoding="utf-8") as f:
        plan = json.load(f)
    offices = [dict(o, bin=plan["bin"]) for o in plan["offices"]]
    if sys.argv[1] == "kill":
        kill(offices, float(sys.argv[3]), float(sys.argv[4]))
    else:
        check(offices)


main()
