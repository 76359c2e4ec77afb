#!/usr/bin/python3
"""check.py BUILD WALKS.MD TRACES [--files HEADING]

Holds docs/walks.md against what really ran.  A walk is a heading with a
numbered list below it; a station is a line

    7. city `relay/relay_hear.c: relay_hear` what happens

the process first (clerk, district, city ...: the folder of TRACES with its
traces), then the file as an include names it, and a function that stands in
it.  The stations must have been entered in this order, process after process.
Says which station was not, and how many files each walk enters.
"""
import argparse
import pathlib
import re
import struct
import subprocess
import sys

# Grounds that every walk stands on; they do not count as files of a walk.
GROUND = ("base/", "words/", "mech/")


def tool(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Program:
    """Functions of one program: name and file by address within it."""

    def __init__(self, path):
        self.function = {}
        start, found = 0, []
        for line in tool("nm", path).splitlines():
            parts = line.split()
            if len(parts) == 3 and parts[2] == "__executable_start":
                start = int(parts[0], 16)
            if len(parts) == 3 and parts[1] in "tT":
                found.append((int(parts[0], 16), parts[2]))
        lines = subprocess.run(
            ["addr2line", "-e", path],
            input="\n".join(hex(address) for address, _ in found),
            check=True, capture_output=True, text=True).stdout.splitlines()
        for (address, name), line in zip(found, lines):
            self.function[address - start] = (self.file_of(line), name)

    @staticmethod
    def file_of(line):
        path = line.rsplit(":", 1)[0]
        for top in ("/common/", "/city-hub/", "/district-node/"):
            if top in path:
                return path.split(top, 1)[1] if top == "/common/" else (
                    path.split(top, 1)[1])
        return ""


def read_trace(path, programs):
    """(time, file, function) of every entry of one process."""
    data = path.read_bytes()
    end = data.index(b"\n")
    name = data[:end].decode()
    if name not in programs:
        programs[name] = Program(name)
    function = programs[name].function
    out = []
    for address, at in struct.iter_unpack("<QQ", data[end + 1:
                                          end + 1 + (len(data) - end - 1) // 16 * 16]):
        where = function.get(address)
        if where is not None and where[0]:
            out.append((at, *where))
    return out


def read_walks(path):
    walks, stations = {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        heading = re.match(r"## (.*)", line)
        if heading:
            stations = walks.setdefault(heading.group(1), [])
        station = re.match(r"\d+\. (\w+) `([\w./-]+): (\w+)`", line)
        if station and stations is not None:
            stations.append(station.groups())
    return {name: found for name, found in walks.items() if found}


def follow(stations, events):
    """The first station that was not entered behind the one before; or None."""
    at = 0
    for process, file, function in stations:
        while at < len(events) and events[at][1:] != (process, file, function):
            at += 1
        if at == len(events):
            return f"{process} `{file}: {function}`"
        at += 1
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("walks", type=pathlib.Path)
    parser.add_argument("traces", type=pathlib.Path,
                        help="TRACES/WALK/PROCESS/PID")
    arguments = parser.parse_args()
    programs, failed = {}, 0
    for number, (name, stations) in enumerate(
            read_walks(arguments.walks).items(), 1):
        events = []
        for process in {station[0] for station in stations}:
            for path in arguments.traces.glob(f"{number}/{process}/*"):
                events += [(at, process, file, function)
                           for at, file, function in read_trace(path, programs)]
        events.sort()
        missing = follow(stations, events)
        files = {file for _, file, _ in stations if not file.startswith(GROUND)}
        if missing:
            failed += 1
            print(f"walks: {name}: not entered in this order: {missing}")
        else:
            print(f"walks: {name}: {len(stations)} stations,"
                  f" {len(files)} files, in order")
    print(f"{number - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
