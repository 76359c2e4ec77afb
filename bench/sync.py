#!/usr/bin/python3
"""How fast do districts' records become visible and durable at the city?

    ./dev bench sync [--records N] [--districts 1,8] [--json]

Real processes over loopback, CURVE on, every commit on disk on both sides.
N made-up petitions of about 600 bytes (packed record) are recorded in the
districts while no line is up; then the districts' daemons start, and the
clock runs from the first record that can be read in the hub's register to the
last.  Told as a ratio to the floor that bench/floor measures in the same run
on the same disk.  Then, one at a time on an idle pair: how long from asking a
district to register until the item can be read at the city.

Only the relative figures travel between machines.
"""
import argparse
import csv
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")
TEXT = "路灯坏了三个星期，晚上孩子放学要摸黑走两百米，物业说归市政，市政说归物业。"
MAP = """[import]
source = bench
[fields]
channel = WX
purpose = QJ
category = 03
subject = {subject}
text = {text}
source_ref = {id}
claimed = {time}
[time]
formats = %Y-%m-%d %H:%M:%S
"""


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


def write_petitions(path, first, count, dice):
    with open(path, "w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "subject", "text", "time"])
        for i in range(first, first + count):
            rows.writerow([i, f"第{i}号路灯长期不亮",
                           TEXT * 4 + str(dice.randrange(10**9)),
                           f"2026-{1 + i % 9:02}-{1 + i % 28:02} "
                           f"{8 + i % 10:02}:00:00"])


class Daemon:
    def __init__(self, program, folder, log):
        self.log = open(log, "ab")
        self.process = subprocess.Popen([program, "-C", folder, "run"],
                                        stdout=self.log, stderr=self.log)

    def cpu_s(self):
        with open(f"/proc/{self.process.pid}/stat") as f:
            fields = f.read().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss_mib(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            for line in f:
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) / 1024
        return 0.0

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


class Town:
    """A hub and some districts in a folder of their own."""

    def __init__(self, build, folder, districts):
        self.hub_program = os.path.join(build, "bin/city-hub")
        self.program = os.path.join(build, "bin/district-node")
        self.hub = os.path.join(folder, "hub")
        self.folder = folder
        self.codes = [f"9901{i + 1:02}" for i in range(districts)]
        run(self.hub_program, "-C", self.hub, "init", "--office", "990100",
            "--parent", "990000", "--name", "江州市信访局", "--listen",
            f"tcp://127.0.0.1:{free_port()}")
        self.hub_daemon = Daemon(self.hub_program, self.hub, self.log("hub"))
        self.daemons = []
        for code in self.codes:
            self.join(code)

    def log(self, name):
        return os.path.join(self.folder, name + ".log")

    def district(self, code):
        return os.path.join(self.folder, code)

    def join(self, code):
        for _ in range(50):
            done = subprocess.run(
                [self.hub_program, "-C", self.hub, "invite", code],
                capture_output=True, text=True)
            if done.returncode == 0:
                break
            time.sleep(0.1)
        else:
            sys.exit(done.stderr)
        invitation = os.path.join(self.folder, code + ".invite")
        with open(invitation, "w", encoding="utf-8") as out:
            out.write(done.stdout)
        run(self.program, "-C", self.district(code), "init", "--office", code,
            "--parent", "990100", "--name", f"第{code}区信访局")
        run(self.program, "-C", self.district(code), "join", invitation)

    def record(self, code, first, count, dice):
        rows = os.path.join(self.folder, code + ".csv")
        rules = os.path.join(self.folder, "map.ini")
        write_petitions(rows, first, count, dice)
        with open(rules, "w", encoding="utf-8") as out:
            out.write(MAP)
        run(self.program, "-C", self.district(code), "import", rows,
            "--map", rules)
        os.unlink(rows)

    def start_districts(self):
        for code in self.codes:
            self.daemons.append(Daemon(self.program, self.district(code),
                                       self.log(code)))

    def stop(self):
        for daemon in [*self.daemons, self.hub_daemon]:
            daemon.stop()


def count_visible(register):
    return register.execute("SELECT count(*) FROM petition").fetchone()[0]


def last_visible(register):
    return register.execute(
        "SELECT coalesce(max(position), 0) FROM petition").fetchone()[0]


def open_register(hub):
    path = os.path.join(hub, "register.db")
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True,
                           isolation_level=None)


def loopback_bytes():
    with open("/proc/net/dev") as f:
        for line in f:
            if line.strip().startswith("lo:"):
                return int(line.split(":")[1].split()[0])
    return 0


def record_bytes(hub):
    ledger = sqlite3.connect(
        f"file:{os.path.join(hub, 'ledger.db')}?mode=ro", uri=True)
    mean = ledger.execute("SELECT avg(length(bytes)) FROM row"
                          " WHERE kind = 2").fetchone()[0]
    ledger.close()
    return mean


def sizes(hub):
    return {name: os.path.getsize(os.path.join(hub, name))
            for name in ("ledger.db", "register.db")}


def measure_sync(build, districts, records):
    folder = tempfile.mkdtemp(prefix="petition-bench-")
    dice = random.Random(districts)
    town = Town(build, folder, districts)
    each = records // districts
    total = each * districts
    try:
        for number, code in enumerate(town.codes):
            say(f"  recording {each} petitions in {code}")
            town.record(code, number * each, each, dice)
        register = open_register(town.hub)
        hub_cpu = town.hub_daemon.cpu_s()
        wire = loopback_bytes()
        position = last_visible(register)
        started = time.monotonic()
        town.start_districts()
        while last_visible(register) == position:
            time.sleep(0.002)
            if time.monotonic() - started > 60:
                sys.exit(f"nothing arrives; see {folder}")
        first_at = time.monotonic()
        before = count_visible(register)
        # Counting costs the machine more than looking at the last row.
        while last_visible(register) < total or count_visible(
                register) < total:
            time.sleep(0.005)
            if time.monotonic() - started > 600:
                sys.exit(f"not all arrives; see {folder}")
        took = time.monotonic() - first_at
        whole = time.monotonic() - started
        cpu = town.hub_daemon.cpu_s() - hub_cpu + sum(
            d.cpu_s() for d in town.daemons)
        rss = max(d.rss_mib() for d in [*town.daemons, town.hub_daemon])
        hub_share = town.hub_daemon.cpu_s() - hub_cpu
        wire = loopback_bytes() - wire
        register.close()
        town.stop()
        disk = sizes(town.hub)
        return {"districts": districts, "records": total,
                "record_bytes": round(record_bytes(town.hub)),
                "seconds": round(took, 3),
                "seconds_with_start": round(whole, 3),
                "records_per_s": round((total - before) / took),
                "cpu_us_per_record": round(cpu * 1e6 / total, 2),
                "hub_cpu_us_per_record": round(hub_share * 1e6 / total, 2),
                "rss_max_mib": round(rss, 1),
                "wire_bytes_per_record": round(wire / total),
                "ledger_bytes_per_record": round(disk["ledger.db"] / total),
                "register_bytes_per_record":
                    round(disk["register.db"] / total)}
    finally:
        for daemon in [*town.daemons, town.hub_daemon]:
            if daemon.process.poll() is None:
                daemon.stop()
        shutil.rmtree(folder, ignore_errors=True)


def measure_latency(build, count):
    folder = tempfile.mkdtemp(prefix="petition-bench-")
    town = Town(build, folder, 1)
    try:
        town.start_districts()
        time.sleep(1.0)
        out = run(os.path.join(build, "bin/latency"),
                  town.district(town.codes[0]), town.hub, str(count))
        return json.loads(out)
    finally:
        town.stop()
        shutil.rmtree(folder, ignore_errors=True)


def measure_floor(build, records):
    folder = tempfile.mkdtemp(prefix="petition-bench-")
    out = run(os.path.join(build, "bin/floor"), folder, "--records",
              str(records))
    shutil.rmtree(folder, ignore_errors=True)
    return json.loads(out)


def table(result):
    print(f"floor: {result['floor_records_per_s']:,} records/s "
          f"(one SQLite table, the same columns, two indexes, "
          f"10,000 rows a commit)")
    for row in result["runs"]:
        print(f"{row['districts']} district(s), {row['records']:,} records of "
              f"{row['record_bytes']} bytes: {row['records_per_s']:,} "
              f"records/s = {row['ratio_to_floor']:.2f} of the floor")
        print(f"    CPU {row['cpu_us_per_record']} us a record over all "
              f"processes ({row['hub_cpu_us_per_record']} at the hub), "
              f"largest process {row['rss_max_mib']} MiB, "
              f"wire {row['wire_bytes_per_record']}, "
              f"ledger {row['ledger_bytes_per_record']}, "
              f"register {row['register_bytes_per_record']} bytes a record")
    late = result["latency"]
    print(f"idle latency, register to visible at the city: "
          f"p50 {late['p50_ms']} ms, p99 {late['p99_ms']} ms; "
          f"recorded at the district p50 {late['recorded_p50_ms']} ms; "
          f"one fsync p50 {late['fsync_p50_ms']} ms "
          f"(p50 = {late['p50_ms'] / late['fsync_p50_ms']:.1f} fsyncs)")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", default="build/release")
    options.add_argument("--records", type=int, default=100000)
    options.add_argument("--districts", default="1,8")
    options.add_argument("--latencies", type=int, default=300)
    options.add_argument("--json", action="store_true")
    o = options.parse_args()
    say("measuring the floor")
    floors = [measure_floor(o.build, o.records)]
    runs = []
    for districts in map(int, o.districts.split(",")):
        say(f"{districts} district(s)")
        runs.append(measure_sync(o.build, districts, o.records))
        floors.append(measure_floor(o.build, o.records))
    floor = sorted(f["floor_records_per_s"] for f in floors)[len(floors) // 2]
    for row in runs:
        row["ratio_to_floor"] = round(row["records_per_s"] / floor, 3)
    say("measuring latency")
    latency = measure_latency(o.build, o.latencies)
    latency["fsync_p50_ms"] = sorted(
        f["fsync_p50_ms"] for f in floors)[len(floors) // 2]
    result = {"floor_records_per_s": floor, "runs": runs, "latency": latency}
    if o.json:
        print(json.dumps(result))
    else:
        table(result)


if __name__ == "__main__":
    main()
