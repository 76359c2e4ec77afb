#!/usr/bin/python3
"""What several offices have in common, compared byte for byte.

Usage: ledgers.py ABOVE BELOW     two folders of offices that are stopped
Every stream that ABOVE and BELOW share must have the same rows at both: from
1 without a gap, each once, with the same bytes.  Prints what was compared.

Usage: ledgers.py --within LOST OFFICE
Every row that LOST had of streams for everybody is at OFFICE, which may have
more.

Usage: ledgers.py --branches OFFICE   number of rows that were set aside

As a module: own_records() and handed_records() of an office.
"""
import os
import shutil
import sqlite3
import sys
import tempfile


def open_copy(office, folder):
    """The ledger may be looked at only when nobody writes, so: a copy."""
    copy = os.path.join(folder, office)
    os.mkdir(copy)
    for name in os.listdir(office):
        if name.startswith("ledger.db"):
            shutil.copy(os.path.join(office, name), copy)
    return sqlite3.connect(os.path.join(copy, "ledger.db"))


def code_of(office):
    with open(os.path.join(office, "office.ini"), encoding="utf-8") as f:
        for line in f:
            name, _, value = line.partition("=")
            if name.strip() == "office":
                return value.strip()
    raise SystemExit(f"{office}/office.ini has no code")


def streams_of(ledger):
    return {row[:3]: row[3] for row in ledger.execute(
        "SELECT origin, incarnation, audience, id FROM stream"
        " WHERE branch = 0")}


def rows_of(ledger, stream):
    return ledger.execute("SELECT sequence, bytes FROM row WHERE stream = ?"
                          " ORDER BY sequence", (stream,))


def own_records(office):
    """What the office recorded, unpacked, in order; it is stopped."""
    from relay_client import record_pb2
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_copy(office, folder)
        for packed, in ledger.execute(
                "SELECT bytes FROM row JOIN stream ON stream.id = row.stream"
                " WHERE origin = ? AND branch = 0 ORDER BY position",
                (code_of(office),)):
            yield record_pb2.Record.FromString(packed)
        ledger.close()


def handed_records(office, child):
    """The bytes of each record that the office handed to its child."""
    from relay_client import record_pb2
    for record in own_records(office):
        if record.kind == record_pb2.KIND_HANDED and record.audience == child:
            yield record_pb2.Handed.FromString(record.payload).record


def compare(key, above, below):
    count = 0
    for count, ((m, theirs), (n, ours)) in enumerate(
            zip(above, below, strict=True), 1):
        if m != count or n != count:
            raise SystemExit(f"{key}: {count} is missing or double")
        if theirs != ours:
            raise SystemExit(f"{key}: the bytes of {count} differ")
    return count


def compare_offices(above, below, folder):
    upper, lower = code_of(above), code_of(below)
    ledgers = [open_copy(office, folder) for office in (above, below)]
    here, there = (streams_of(ledger) for ledger in ledgers)
    shared = {key for key in there
              if key[2] == "" or (key[0] == upper and key[2] == lower)}
    shared |= {key for key in here
               if key[0] == lower and key[2] == ""
               or key[0] == upper and key[2] == lower}
    records = 0
    for key in sorted(shared):
        if key not in here or key not in there:
            raise SystemExit(f"only one of {above}, {below} has {key}")
        try:
            records += compare(key, rows_of(ledgers[0], here[key]),
                               rows_of(ledgers[1], there[key]))
        except ValueError as error:  # of zip: not the same number
            raise SystemExit(f"{above}, {below}: {key}: {error}") from None
    print(f"{records} records of {len(shared)} streams")


def look_within(lost, office, folder):
    ledgers = [open_copy(name, folder) for name in (lost, office)]
    had, has = (streams_of(ledger) for ledger in ledgers)
    records = 0
    for key in sorted(key for key in had if key[2] == ""):
        if key not in has:
            raise SystemExit(f"{office} has no {key}")
        present = dict(rows_of(ledgers[1], has[key]))
        for sequence, content in rows_of(ledgers[0], had[key]):
            if present.get(sequence) != content:
                raise SystemExit(f"{office}: {key}: {sequence} is not as it"
                                 f" was at {lost}")
            records += 1
    print(f"{records} records")


def main():
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1] == "--branches":
            (count,), = open_copy(sys.argv[2], folder).execute(
                "SELECT count(*) FROM row JOIN stream"
                " ON stream.id = row.stream WHERE branch > 0")
            print(count)
        elif sys.argv[1] == "--within":
            look_within(sys.argv[2], sys.argv[3], folder)
        else:
            compare_offices(sys.argv[1], sys.argv[2], folder)


if __name__ == "__main__":
    main()
