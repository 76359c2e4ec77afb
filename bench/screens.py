#!/usr/bin/python3
"""How long do people wait for what they look at, on a large register?

    ./dev bench screens [--items N] [--matters N] [--escalations N]
                        [--runs N] [--json]

A city's office is made by its program; its register is then filled through
SQLite, by the real tables and indexes, with made-up petitions, moves, limits,
matters, escalations and directives.  Each command is timed from its start to
its end as a person would run it: beside the running daemon, p50 of --runs.

`show` and `petitions` are of an item in the middle of all this.  "empty" is
the same command at an office that holds nothing: what starting a process
costs on this machine.
"""
import argparse
import json
import os
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

OWN = "990100"
DAY_MS = 86400000
NOW_MS = int(time.time() * 1000)
TEXT = "路灯坏了三个星期，晚上孩子放学要摸黑走两百米，物业说归市政。"
LOWER = ["NOP", "UNR", "TRM", "OVD", "RPD", "RVD", "FIN", "DEC"]
FAR = 10**9  # positions beyond those of what was registered through the door


def say(text):
    print(text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n"
                 f"{done.stderr}{done.stdout}")
    return done.stdout


class Filler:
    """Rows by the names of their columns; what is not said is 0 or ''."""

    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute("BEGIN")
        self.indexes = self.db.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index'"
            " AND sql IS NOT NULL").fetchall()
        for name, _ in self.indexes:
            self.db.execute(f"DROP INDEX {name}")

    def fill(self, table, rows):
        columns = self.db.execute(f"PRAGMA table_info({table})").fetchall()
        empty = [{"TEXT": "", "INTEGER": 0, "BLOB": b""}[c[2]]
                 for c in columns]
        place = {c[1]: i for i, c in enumerate(columns)}
        sql = (f"INSERT OR REPLACE INTO {table} VALUES"
               f" ({','.join('?' * len(columns))})")

        def whole():
            for row in rows:
                values = list(empty)
                for name, value in row.items():
                    values[place[name]] = value
                yield values

        self.db.executemany(sql, whole())

    def done(self):
        for _, sql in self.indexes:
            self.db.execute(sql)
        self.db.execute(
            "INSERT INTO directive_to SELECT DISTINCT i.id, t.addressee"
            " FROM directive_issue i JOIN directive_target t USING (position)")
        self.db.execute(
            "INSERT INTO directive_now SELECT * FROM directive_fold")
        self.db.execute("COMMIT")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()


def office_of(i):
    return f"9901{1 + i % 20:02}"


def item_of(i):
    return f"{office_of(i)}-2026-{i:06}-000"


def arrived_ms(i, count):
    return NOW_MS - 300 * DAY_MS + i * 299 * DAY_MS // count


def record(i, at):
    return {"incarnation": 1, "sequence": i + 1, "claimed_ms": at,
            "recorded_ms": at, "received_ms": at}


def petitions(count):
    for i in range(count):
        yield {"position": FAR + i, "item": item_of(i),
               "office": office_of(i), "channel": ("LX", "LF", "WX")[i % 3],
               "purpose": "QJ", "category": f"{1 + i % 16:02}", "level": "D",
               "heads": 1 + (i % 50 == 0) * 6, "responsible": office_of(i),
               "subject": f"第{i}号路灯长期不亮", "text": TEXT,
               "place": f"湖滨路{i % 999}号", "leaf": b"\0" * 32,
               **record(i, arrived_ms(i, count))}


def states(count):
    for i in range(count):
        yield {"item": item_of(i), "state": ("WRK", "RPL", "CLS")[i % 3],
               "holder": office_of(i), "rating": -1,
               "since_ms": arrived_ms(i, count)}


def moves(count):
    for i in range(0, count, 3):
        for k, move in enumerate(("ACC", "WRK")):
            yield {"position": 2 * FAR + 2 * i + k, "origin": office_of(i),
                   "item": item_of(i), "move": move,
                   **record(count + 2 * i + k,
                            arrived_ms(i, count) + (k + 1) * DAY_MS)}


def clocks(count):
    for i in range(count):
        at = arrived_ms(i, count)
        yield {"item": item_of(i), "name": "register", "round": 1,
               "start_ms": at, "due_ms": at + 15 * DAY_MS,
               "met_ms": at + DAY_MS, "holder": office_of(i), "amount": 15}
        if i % 3 == 0:
            # In ten districts the old ones were never answered.
            is_met = i % 10 and i < count * 4 // 5
            yield {"item": item_of(i), "name": "handle", "round": 1,
                   "start_ms": at, "due_ms": at + 60 * DAY_MS,
                   "met_ms": at + 30 * DAY_MS if is_met else 0,
                   "holder": office_of(i), "amount": 60}


def links(count, members):
    for k, (matter, item) in enumerate(members):
        yield {"position": 4 * FAR + k, "origin": OWN, "item": item,
               "matter": matter, "verdict": "LINK", "score": 800,
               "reasons": "PERSON TEXT", **record(k, NOW_MS - k)}
    for k in range(500):
        i = count - 1 - 2 * k
        yield {"position": 5 * FAR + k, "origin": OWN, "item": item_of(i),
               "matter": item_of(i - 1), "verdict": "PROPOSE", "score": 600,
               "reasons": "TEXT", **record(len(members) + k, NOW_MS - k)}


def matters_of(count, matters, real):
    """Pairs (matter, item): two or three items each, and the real ones."""
    for m in range(matters):
        first = m * (count // matters // 2)
        for k in range(1, 2 + m % 2):
            yield item_of(first), item_of(first + k)
    for item in real[1:]:
        yield real[0], item


def escalation_rows(count, members, real):
    for k in range(count):
        matter, item = ((real[0], real[1]) if k < 3
                        else members[k % len(members)])
        number = f"E{OWN}-2026-{k + 1:04}-000"
        office = item[:6] if item[:6] != OWN else "990101"
        for revision in range(1, 2 + (k % 10 == 0)):
            yield {"position": 6 * FAR + 2 * k + revision, "origin": OWN,
                   "id": number, "revision": revision, "matter": matter,
                   "item": item, "office": office, "from_level": "D",
                   "to_level": "C", "channel": "LF", "batch": 1,
                   "heads": 1 + k % 9, "at_ms": NOW_MS - k * 60000,
                   "lower_state": LOWER[(k + revision) % 8],
                   "lawfulness": "UP1", "knew_before": k % 2,
                   **record(2 * k + revision, NOW_MS - k * 60000)}


def notice_steps(rows):
    place = 7 * FAR
    for row in rows:
        if row["revision"] > 1:
            continue
        for n, status in enumerate(("DLV", "SGN", "ANS")[:1 + row["heads"] %
                                                         3]):
            place += 1
            at = row["at_ms"] + (n + 1) * 5000
            yield {"position": place, "origin": row["office"],
                   "id": row["id"], "addressee": row["office"],
                   "status": status, "text": "已核实" * (status == "ANS"),
                   **record(place, at)}


def directives(count, items):
    for k in range(count):
        yield {"position": 8 * FAR + k, "origin": OWN,
               "id": f"D{OWN}-2026-{k + 1:04}-000", "kind": "CB",
               "item": item_of(k * (items // count)), "text": TEXT,
               "due_ms": NOW_MS + k * 60000, "leaf": b"\0" * 32,
               **record(k, NOW_MS - k * 60000)}


def fill(path, o, real):
    filler = Filler(path)
    members = list(matters_of(o.items, o.matters, real))
    rows = list(escalation_rows(o.escalations, members, real))
    filler.fill("petition", petitions(o.items))
    filler.fill("item_now", states(o.items))
    filler.fill("move", moves(o.items))
    filler.fill("clock", clocks(o.items))
    filler.fill("matter_link", links(o.items, members))
    filler.fill("link_now", ({"item": i, "target": m} for m, i in members))
    filler.fill("item_matter", ({"item": x, "matter": m}
                                for m, i in members for x in (m, i)))
    filler.fill("escalation_said", rows)
    filler.fill("escalation_now", ({k: r[k] for k in (
        "id", "revision", "at_ms", "office")} for r in rows))
    filler.fill("directive_step", notice_steps(rows))
    filler.fill("directive_issue", directives(o.directives, o.items))
    filler.fill("directive_target", (
        {"position": 8 * FAR + k, "addressee": office_of(k)}
        for k in range(o.directives)))
    filler.db.execute("UPDATE followed SET position = ?", (9 * FAR,))
    filler.done()


class Office:
    """A hub in a folder, with four items that came through the door."""

    def __init__(self, build, folder):
        self.program = os.path.join(build, "bin/city-hub")
        self.folder = folder
        self.daemon = None
        run(self.program, "-C", folder, "init", "--office", OWN, "--parent",
            "990000", "--name", "江州市信访局", "--listen",
            f"tcp://127.0.0.1:{free_port()}")
        self.real = [self.register(s) for s in ("拆迁", "噪声", "井盖")]
        for move in (["accept"], ["work"],
                     ["reply", "--opinion", "SUP", "--text", "已答复",
                      "--document", "答1号"]):
            run(self.program, "-C", folder, "act", self.real[1], *move)

    def register(self, subject):
        out = run(self.program, "-C", self.folder, "register", "--channel",
                  "LF", "--subject", subject, "--no-query-code", "--json")
        return json.loads(out)["item"]

    def start(self):
        self.daemon = subprocess.Popen(
            [self.program, "-C", self.folder, "run"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(1200):
            done = subprocess.run(
                [self.program, "-C", self.folder, "status"],
                capture_output=True)
            if done.returncode == 0 and self.daemon.poll() is None:
                break
            time.sleep(0.1)
        self.rest()

    def rest(self):
        """Until the daemon has nothing left to do (at most a minute)."""
        before = -1
        for _ in range(60):
            with open(f"/proc/{self.daemon.pid}/stat") as f:
                fields = f.read().rsplit(") ", 1)[1].split()
            used = int(fields[11]) + int(fields[12])
            if used - before <= 3:
                return
            before = used
            time.sleep(1)
        say("  the daemon is still busy")

    def stop(self):
        if self.daemon is None:
            return
        self.daemon.send_signal(signal.SIGTERM)
        try:
            self.daemon.wait(30)
        except subprocess.TimeoutExpired:
            self.daemon.kill()
            self.daemon.wait()

    def time_ms(self, runs, *command):
        took, size = [], 0
        for _ in range(runs + 1):
            began = time.monotonic()
            size = len(run(self.program, "-C", self.folder, *command))
            took.append((time.monotonic() - began) * 1000)
        took = sorted(took[1:])  # the first one warms the cache
        return {"p50_ms": round(statistics.median(took), 1),
                "max_ms": round(took[-1], 1), "bytes": size}


def commands(item, members):
    return [("show", item), ("show", item, "--json"),
            ("escalations",), ("escalations", "--failures"),
            ("escalations", "--unanswered"),
            ("escalations", "--office", "990103", "--limit", "50", "--json"),
            ("escalations", "--matter", item),
            ("escalations", "--lower-state", "UNR", "--since",
             time.strftime("%Y-%m-%d", time.localtime(
                 NOW_MS / 1000 - 7 * 86400))),
            ("escalations", "--count", "--failures"),
            ("matters",), ("matters", "--collective"),
            ("matters", "--office", "990103"), ("matters", "--count"),
            ("match",), ("due", "--overdue"),
            ("due", "--overdue", "--office", "990103"),
            ("due", "--within", "7"), ("petitions",), ("directives",)]


def measure(build, o, folder):
    offices = {}
    for name in ("empty", "full"):
        offices[name] = Office(build, os.path.join(folder, name))
    full = offices["full"]
    began = time.monotonic()
    fill(os.path.join(full.folder, "register.db"), o, full.real)
    say(f"  filled in {time.monotonic() - began:.0f} s")
    rows = []
    try:
        for office in offices.values():
            office.start()
        for command in commands(full.real[1], full.real):
            other = [x.replace(full.real[1], offices["empty"].real[1])
                     for x in command]
            row = full.time_ms(o.runs, *command)
            row["empty_ms"] = offices["empty"].time_ms(
                o.runs, *other)["p50_ms"]
            row["command"] = " ".join(
                "ITEM" if x == full.real[1] else x for x in command)
            rows.append(row)
            say(f"  {row['p50_ms']:8.1f} ms  {row['command']}")
    finally:
        for office in offices.values():
            office.stop()
    return {"items": o.items, "matters": o.matters,
            "escalations": o.escalations, "directives": o.directives,
            "runs": o.runs,
            "register_mib": round(os.path.getsize(os.path.join(
                full.folder, "register.db")) / 2**20), "commands": rows}


def table(result):
    print(f"{result['items']:,} petitions, {result['matters']:,} matters, "
          f"{result['escalations']:,} escalations, "
          f"{result['directives']:,} directives; "
          f"register {result['register_mib']:,} MiB; "
          f"{result['runs']} runs each")
    print(f"{'p50 ms':>9} {'max ms':>9} {'empty ms':>9}  command")
    for row in result["commands"]:
        print(f"{row['p50_ms']:9.1f} {row['max_ms']:9.1f} "
              f"{row['empty_ms']:9.1f}  {row['command']}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", default="build/release")
    options.add_argument("--items", type=int, default=1000000)
    options.add_argument("--matters", type=int, default=100000)
    options.add_argument("--escalations", type=int, default=20000)
    options.add_argument("--directives", type=int, default=5000)
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--json", action="store_true")
    o = options.parse_args()
    folder = tempfile.mkdtemp(prefix="petition-bench-")
    try:
        result = measure(o.build, o, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if o.json:
        print(json.dumps(result))
    else:
        table(result)


if __name__ == "__main__":
    main()
