#!/usr/bin/python3
"""How well does the hub tell that two petitions are one matter, and what does
it cost?

    ./dev bench match [--data DIR] [--on-file N | --quick] [--json]
    ./dev bench match --items FILE.csv --pairs FILE.csv [--json]

Quality: pairs of which is known whether they are one matter are looked up in
an index that holds all their items.  A pair counts as matched when the index
names one for the other as a certain or likely candidate.  The pairs come from
the data and from a fixed editor, never from the matcher (match_pairs.py).

Cost: the index is filled with N items; CPU time of finding and adding a new
item on top of that.  Then the pairs are looked up once more among all of them.

--items has the columns id,title,time,body,user (place and category may be
there), --pairs left_id,right_id,same with 1, 0, true or false.  An equal user
that is not empty stands for the same person key.

Without --data, $PETITION_SAMPLES is read; without that, petitions are made up
on the spot: good for the cost, too easy for the quality.
"""
import argparse
import csv
import datetime
import io
import json
import os
import random
import subprocess
import sys
import tempfile

import match_pairs

csv.field_size_limit(1 << 24)
SAMPLES = ("teddy_fj3_messages.csv", "teddy_fj4_replies.csv",
           "teddy_fj2_labelled.csv", "hangzhou_board_recent.csv")
ITEM_COLUMNS = ("id", "title", "time", "body", "user")
PAIR_COLUMNS = ("left_id", "right_id", "same")
TRUTH = {"1": True, "true": True, "0": False, "false": False}
TIMES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d",
         "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d")
PROBES = 1000       # new items whose cost is measured
STEPS = (10_000, 100_000, 1_000_000)


def say(text):
    print(text, file=sys.stderr, flush=True)


def refuse(text):
    sys.exit(f"match: {text}")


# --- files ------------------------------------------------------------------

def text_of(path):
    """A file's text: UTF-8, or GB18030 as spreadsheets write it."""
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except OSError as problem:
        refuse(f"{path}: {problem.strerror}")
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    refuse(f"{path}: neither UTF-8 nor GB18030")


def read_table(path, wanted):
    """The rows of a CSV file as (line, dict)."""
    rows = csv.DictReader(io.StringIO(text_of(path), newline=""), strict=True)
    try:
        names = [name.strip() for name in rows.fieldnames or []]
        missing = [name for name in wanted if name not in names]
        if missing:
            refuse(f"{path}: no column {', '.join(missing)}; the first line "
                   f"must name {','.join(wanted)}")
        rows.fieldnames = names
        out = []
        for row in rows:
            if None in row or None in row.values():
                refuse(f"{path}, line {rows.line_num}: {len(names)} cells "
                       "are wanted, as in the first line")
            out.append((rows.line_num, row))
        return out
    except csv.Error as problem:
        if "unexpected end" in str(problem):
            problem = "a quote is opened and never closed"
        refuse(f"{path}, line {rows.line_num}: {problem}")


def milliseconds(text):
    """Since 1970; 0 for a time that cannot be read: it decides nothing."""
    text = text.strip().replace("T", " ")[:19]
    for form in TIMES:
        try:
            moment = datetime.datetime.strptime(text, form)
        except ValueError:
            continue
        moment = moment.replace(tzinfo=datetime.timezone.utc)
        return int(moment.timestamp() * 1000)
    return 0


def item(key, user, time, title, body, place="", category=""):
    return {"id": key, "user": user, "ms": milliseconds(time), "title": title,
            "body": body, "place": place, "category": category}


def read_items(path):
    items = {}
    for line, row in read_table(path, ITEM_COLUMNS):
        key = row["id"].strip()
        if not key:
            refuse(f"{path}, line {line}: the id is empty")
        if key in items:
            refuse(f"{path}, line {line}: the id {key} is there twice")
        items[key] = item(key, row["user"].strip(), row["time"], row["title"],
                          row["body"], row.get("place", ""),
                          row.get("category", ""))
    if not items:
        refuse(f"{path}: no items")
    return items


def read_pairs(path, items):
    pairs = []
    for line, row in read_table(path, PAIR_COLUMNS):
        same = TRUTH.get(row["same"].strip().lower())
        left, right = row["left_id"].strip(), row["right_id"].strip()
        if same is None:
            refuse(f"{path}, line {line}: same is '{row['same']}'; wanted is "
                   "1, 0, true or false")
        for key in (left, right):
            if key not in items:
                refuse(f"{path}, line {line}: no item has the id {key}")
        if left == right:
            refuse(f"{path}, line {line}: {left} is paired with itself")
        pairs.append((left, right, same, "same" if same else "different"))
    if not pairs:
        refuse(f"{path}: no pairs")
    return pairs


def read_samples(folder):
    """Items of the sample files that are there, ids made distinct."""
    items = []
    for number, name in enumerate(SAMPLES):
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            say(f"match: {path} is not there; going on without it")
            continue
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                key = row.get("id") or row.get("tid")
                made = item(f"{number}-{key}", row.get("user") or "",
                            row.get("time") or row.get("date") or "",
                            row["title"] or "",
                            row.get("body") or row.get("content") or "")
                made["label"] = row.get("l1") or row.get("domain") or ""
                items.append(made)
    if not items:
        refuse(f"{folder}: none of {', '.join(SAMPLES)} is there")
    return items


# --- the index ----------------------------------------------------------------

class Index:
    """match_bench as a child process, with items under short numbers."""

    def __init__(self, build, folder):
        self.file = os.path.join(folder, "match.db")
        program = os.path.join(build, "bin/match_bench")
        self.process = subprocess.Popen(
            [program, self.file], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, encoding="utf-8",
            bufsize=1 << 20)

    def send(self, word, key, i):
        cells = (word, key, i["user"], str(i["ms"]), i["place"],
                 i["category"], i["title"], i["body"])
        self.process.stdin.write(
            "\t".join(c.translate(BLANKS) for c in cells) + "\n")

    def line(self):
        line = self.process.stdout.readline()
        if not line:
            refuse("match_bench ended too early")
        return line.rstrip("\n")

    def ask(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return self.line()

    def add(self, key, i):
        self.send("add", key, i)

    def find(self, key, i, word="find"):
        self.send(word, key, i)
        self.process.stdin.flush()
        found = {}
        while (line := self.line()) != ".":
            other, score, verdict, reasons = line.split("\t")
            found[other] = (int(score), verdict, int(reasons))
        return found

    def commit(self):
        self.ask("commit")

    def stats(self):
        return json.loads(self.ask("stats"))

    def close(self):
        self.process.stdin.close()
        if self.process.wait() != 0:
            refuse("match_bench failed")


BLANKS = {c: " " for c in (*range(32), 0x85, 0x2028, 0x2029)} | \
         {c: "?" for c in range(0xd800, 0xe000)}


# --- quality ------------------------------------------------------------------

def ratio(part, whole):
    return round(part / whole, 4) if whole else None


def file_items(index, items):
    """Put them on file; the short numbers they go by."""
    numbers = {key: f"p{n}" for n, key in enumerate(items)}
    for key, i in items.items():
        index.add(numbers[key], i)
    index.commit()
    return numbers


def measure_pairs(index, items, numbers, pairs, show):
    found = {}
    for key in {key for pair in pairs for key in pair[:2]}:
        found[key] = index.find(numbers[key], items[key])
    classes = {}
    right = wrong = missed = certain_right = certain = 0
    for left, other, same, kind in pairs:
        hit = found[left].get(numbers[other]) or \
            found[other].get(numbers[left])
        c = classes.setdefault(kind, {"same": same, "pairs": 0, "matched": 0})
        c["pairs"] += 1
        c["matched"] += hit is not None
        right += same and hit is not None
        wrong += not same and hit is not None
        missed += same and hit is None
        certain += hit is not None and hit[1] == "certain"
        certain_right += hit is not None and hit[1] == "certain" and same
        if show and same != (hit is not None):
            print_pair(items[left], items[other], kind, hit)
    precision, recall = ratio(right, right + wrong), ratio(right,
                                                           right + missed)
    both = 2 * right + wrong + missed
    return {"pairs": len(pairs), "precision": precision, "recall": recall,
            "f1": ratio(2 * right, both),
            "certain": certain,
            "certain_precision": ratio(certain_right, certain),
            "items": len(items),
            "classes": {kind: c | {"matched_share": ratio(c["matched"],
                                                          c["pairs"])}
                        for kind, c in sorted(classes.items())}}


def print_pair(left, right, kind, hit):
    say(f"-- {kind}: {hit}")
    for i in (left, right):
        body = " ".join(i["body"].split())
        say(f"   {i['id']} {i['user']} | {i['title']} | {body[:160]}")


# --- cost ---------------------------------------------------------------------

def measure_cost(index, base, on_file, taken):
    """Fill up to `on_file` items; CPU of new ones at each step on the way."""
    made = match_pairs.variations(base, random.Random(20260701))
    filled, steps = taken, {}
    wanted = [s for s in STEPS if taken < s < on_file] + [on_file]
    index.stats()
    for step in wanted:
        while filled < step:
            filled += 1
            index.add(f"f{filled}", next(made))
        index.commit()
        adding = index.stats()
        for _ in range(PROBES):
            filled += 1
            index.find(f"f{filled}", next(made), "both")
        index.commit()
        s = index.stats()
        steps[step] = {
            "cpu_ms_per_item": round((s["find_s"] + s["add_s"]) /
                                     PROBES * 1000, 4),
            "find_ms": round(s["find_s"] / PROBES * 1000, 4),
            "fill_ms": ratio(adding["add_s"] * 1000, adding["added"]),
            "bytes_per_item": round(s["bytes"] / s["items"])}
        say(f"match: {step} on file: {steps[step]}")
    last = steps[wanted[-1]]
    return {"items_on_file": wanted[-1],
            "cpu_ms_per_item": last["cpu_ms_per_item"],
            "bytes_per_item": last["bytes_per_item"],
            "cost": {str(step): s for step, s in steps.items()}}


# --- the program --------------------------------------------------------------

def arguments():
    parser = argparse.ArgumentParser(
        prog="./dev bench match", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/release",
                        help=argparse.SUPPRESS)
    parser.add_argument("--data", help="folder of sample files")
    parser.add_argument("--items", help="CSV of own items")
    parser.add_argument("--pairs", help="CSV of own pairs")
    parser.add_argument("--on-file", type=int, metavar="N",
                        help="items on file for the cost (default 1000000, "
                        "with --items 100000; 0: those of the pairs only)")
    parser.add_argument("--quick", action="store_true",
                        help="cost with 20000 on file")
    parser.add_argument("--split", choices=("held-out", "tuning", "all"),
                        default="held-out",
                        help="which half of the samples' pairs (by id)")
    parser.add_argument("--show", action="store_true",
                        help="the pairs that came out wrong, on stderr")
    parser.add_argument("--write", metavar="FOLDER",
                        help="write the pairs as items.csv and pairs.csv")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if (args.items is None) != (args.pairs is None):
        refuse("--items and --pairs belong together")
    if args.on_file is None:
        args.on_file = 100_000 if args.items else 1_000_000
    if args.on_file < 0:
        refuse("--on-file is a number of items, 0 or more")
    if args.quick:
        args.on_file = min(args.on_file, 20_000)
    return args


def base_items(args):
    folder = args.data or os.environ.get("PETITION_SAMPLES")
    if folder:
        if not os.path.isdir(folder):
            refuse(f"{folder}: no such folder (--data or $PETITION_SAMPLES)")
        return read_samples(folder), "samples"
    say("match: no sample data (--data or $PETITION_SAMPLES); petitions are "
        "made up")
    return match_pairs.made_up(3000), "made up"


def write_pairs(folder, items, pairs):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "items.csv"), "w", encoding="utf-8",
              newline="") as out:
        rows = csv.writer(out)
        rows.writerow(ITEM_COLUMNS)
        for i in items.values():
            moment = datetime.datetime.fromtimestamp(
                i["ms"] / 1000, datetime.timezone.utc)
            rows.writerow([i["id"], i["title"], moment.strftime(TIMES[0]),
                           i["body"], i["user"]])
    with open(os.path.join(folder, "pairs.csv"), "w", encoding="utf-8",
              newline="") as out:
        rows = csv.writer(out)
        rows.writerow(PAIR_COLUMNS)
        rows.writerows((a, b, int(same)) for a, b, same, _ in pairs)


def print_table(result):
    print(f"{result['pairs']} pairs ({result['source']}): precision "
          f"{result['precision']}, recall {result['recall']}, F1 "
          f"{result['f1']}; of {result['certain']} certain ones "
          f"{result['certain_precision']} right")
    for kind, c in result["classes"].items():
        print(f"  {kind:24} {'same' if c['same'] else 'other':5} "
              f"{c['matched']:5} of {c['pairs']:5} matched")
    for step, c in result.get("cost", {}).items():
        print(f"  {step:>9} on file: {c['cpu_ms_per_item']} ms CPU per new "
              f"item (finding {c['find_ms']}), filling {c['fill_ms']} ms, "
              f"{c['bytes_per_item']} bytes per item")
    if "with_all_on_file" in result:
        r = result["with_all_on_file"]
        print(f"  with all of these on file: precision {r['precision']}, "
              f"recall {r['recall']}, F1 {r['f1']}")


def main():
    args = arguments()
    with tempfile.TemporaryDirectory(prefix="match-") as folder:
        if args.items:
            items = read_items(args.items)
            pairs, source = read_pairs(args.pairs, items), "own pairs"
            base = list(items.values()) + match_pairs.made_up(1000)
        else:
            base, source = base_items(args)
            items, pairs = match_pairs.make(base, args.split)
        if args.write:
            write_pairs(args.write, items, pairs)
        index = Index(args.build, folder)
        result = {"source": source}
        numbers = file_items(index, items)
        result |= measure_pairs(index, items, numbers, pairs, args.show)
        if args.on_file > 0:
            result |= measure_cost(index, base, max(args.on_file, len(items)),
                                   len(items))
            again = measure_pairs(index, items, numbers, pairs, False)
            result["with_all_on_file"] = {
                key: again[key] for key in ("precision", "recall", "f1")} | {
                kind: c["matched_share"]
                for kind, c in again["classes"].items()}
        else:
            s = index.stats()
            result |= {"items_on_file": s["items"], "cpu_ms_per_item": round(
                s["find_s"] / max(s["found"], 1) * 1000 +
                s["add_s"] / max(s["added"], 1) * 1000, 4)}
        index.close()
    if args.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print_table(result)


if __name__ == "__main__":
    main()
