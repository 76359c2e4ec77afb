#!/usr/bin/env python3
"""What became of four tables, computed without the program.

real_life.py make FOLDER            made-up tables with the columns and the
                                    faults of real ones
real_life.py expect SRC DATA AS_OF  what the offices must say at the end of
                                    the day AS_OF: JSON

Only the tables, the calendar file and the rules as the law states them are
read: register within 15 days, the notice within 15 days, the answer within
60 days of the acceptance; the first day is not counted, and an end on a rest
day moves to the next working day.  Days are those of +08:00.
"""
import csv
import datetime as dt
import json
import random
import re
import sys
from collections import Counter

ZONE = dt.timezone(dt.timedelta(hours=8))
TABLES = {
    "messages": ("teddy_fj3_messages.csv", "990101"),
    "replies": ("teddy_fj4_replies.csv", "990102"),
    "hangzhou": ("hangzhou_board_recent.csv", "990103"),
    "baltimore": ("baltimore_311.csv", "990104"),
}
LIMITS = {"register": 15, "notice_direct": 15, "handle": 60}
BOARD = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S",
         "%Y/%m/%d %H:%M"]
FORMATS = {
    "messages": BOARD,
    "replies": BOARD,
    "hangzhou": ["%Y-%m-%d", "%Y/%m/%d"],
    "baltimore": ["%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y"],
}
CHARACTERS_OF_A_SUBJECT = 600  # bytes


# -- days ---------------------------------------------------------------------

class Calendar:
    def __init__(self, name):
        self.days = {}
        with open(name, encoding="utf-8") as f:
            for line in f:
                m = re.match(r"(\d{4}-\d\d-\d\d) *= *(rest|work)", line)
                if m:
                    day = dt.date.fromisoformat(m.group(1))
                    self.days[day] = m.group(2) == "work"

    def end_of(self, start, days):
        """The last moment of the term that begins at `start`."""
        day = start.astimezone(ZONE).date() + dt.timedelta(days=days)
        while not self.days.get(day, day.weekday() < 5):
            day += dt.timedelta(days=1)
        return end_of_day(day)


def end_of_day(day):
    return dt.datetime.combine(day, dt.time(23, 59, 59, 999000), ZONE)


# -- one row --------------------------------------------------------------------

def moment(kind, text):
    """None: no moment.  Raises ValueError where there is one, but wrong."""
    text = text.strip()
    if text == "":
        return None
    for form in FORMATS[kind]:
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=ZONE)
        except ValueError:
            pass
    if "T" not in text:
        raise ValueError(text)
    return dt.datetime.fromisoformat(text)


class Refused(Exception):
    pass


def arrival(kind, row):
    """(its number at the source, when) or Refused."""
    number = {"hangzhou": "tid", "baltimore": "ServiceRequestNum"}
    when = {"hangzhou": "date", "baltimore": "CreatedDate"}
    title = {"baltimore": "SRType"}
    text = {"hangzhou": "content", "baltimore": "SRType"}
    try:
        at = moment(kind, row[when.get(kind, "time")])
    except ValueError as e:
        raise Refused from e
    ref = row[number.get(kind, "id")].strip()
    subject = row[title.get(kind, "title")].strip()
    if at is None or ref == "" or \
            not (subject or row[text.get(kind, "body")].strip()) or \
            len(subject.encode()) > CHARACTERS_OF_A_SUBJECT:
        raise Refused
    return ref, at


def told(kind, row):
    """The moves that the row tells of: (word, text of the time)."""
    if kind == "replies":
        return [("reply", row["reply_time"]), ("close", row["reply_time"])]
    if kind == "hangzhou":
        seen = row["snapshot"]
        if row["status"] == "办理中":
            return [("work", seen)]
        graded = [("rate", seen)] if row["grade_manner"] in "12345" else []
        if row["status"] == "已办理":
            return [("reply", seen)] + graded + [("close", seen)]
    if kind == "baltimore":
        moves = [("accept", row["CreatedDate"])]
        if row["SRStatus"] in ("Closed", "Closed (Transferred)"):
            moves.append(("close", row["CloseDate"]))
        if row["SRStatus"] == "Closed (Duplicate)":
            moves.append(("withdraw", row["CloseDate"]))
        return moves
    return []


# -- one item ---------------------------------------------------------------------

class Item:
    """An arrival and what was done with it, by the letter of the law."""

    STATES = {"accept": "ACC", "work": "WRK", "reply": "RPL", "close": "CLS",
              "withdraw": "WDR"}

    def __init__(self, at):
        self.at = at
        self.state = "REG"
        self.made = []

    def can(self, word):
        return word == "rate" or self.state != "REG" or word != "close"

    def move(self, word, at):
        """recorded, already or refused"""
        if (word, at) in self.made:
            return "already"
        if at < self.at or not self.can(word):
            return "refused"
        self.made.append((word, at))
        self.state = self.STATES.get(word, self.state)
        return "recorded"

    def first(self, *words):
        return next((at for word, at in self.made if word in words), None)

    def clocks(self):
        """(name, start, met, stopped)"""
        out = [("register", self.at,
                self.first("accept", "work", "reply", "close")),
               ("notice_direct", self.at,
                self.first("accept", "reply", "close"))]
        accepted = self.first("accept")
        if accepted:
            out.append(("handle", accepted, self.first("reply", "close")))
        return [(name, start, met,
                 self.first("withdraw") if met is None else None)
                for name, start, met in out]


def state_at(now, due, met, stopped):
    over = [(met, "met"), (stopped, "stopped")]
    for at, word in over:
        if at is not None and at <= now:
            return word if at <= due else "missed"
    return "running" if now <= due else "missed"


# -- a table ------------------------------------------------------------------------

def read(kind, name):
    """Items by number, and what the import must count."""
    items, counts, moves = {}, Counter(), Counter()
    with open(name, encoding="utf-8-sig", newline="") as f:
        for row in csv.DictReader(f):
            counts["read"] += 1
            try:
                ref, at = arrival(kind, row)
            except Refused:
                counts["refused"] += 1
                continue
            counts["already" if ref in items else "recorded"] += 1
            item = items.setdefault(ref, Item(at))
            for word, text in told(kind, row):
                try:
                    when = moment(kind, text)
                except ValueError:
                    moves["refused"] += 1
                    continue
                if when is not None:
                    moves[item.move(word, when)] += 1
    return items, counts, moves


def judge(items, calendar, now):
    states, overdue = Counter(), Counter()
    for item in items.values():
        for name, start, met, stopped in item.clocks():
            if start > now:
                continue
            due = calendar.end_of(start, LIMITS[name])
            states[name + " " + state_at(now, due, met, stopped)] += 1
            overdue[name] += met is None and stopped is None and due < now
    return dict(states), dict(overdue)


def expect(src, data, as_of):
    calendar = Calendar(src + "/data/calendars/cn-2022-2026.ini")
    out = {}
    for kind, (name, office) in TABLES.items():
        items, counts, moves = read(kind, f"{data}/{name}")
        states, overdue = judge(items, calendar,
                                end_of_day(dt.date.fromisoformat(as_of)))
        out[office] = {
            "table": name, "items": len(items),
            "import": [counts[k] for k in ("read", "recorded", "already",
                                           "refused")],
            "moves": [moves[k] for k in ("recorded", "already", "refused")],
            "states": states, "overdue": overdue,
            "lives": dict(Counter(i.state for i in items.values())),
        }
    json.dump(out, sys.stdout, ensure_ascii=False, sort_keys=True, indent=1)


# -- made-up tables --------------------------------------------------------------------

ODD = ["　路灯不亮", "垃圾\t没人清", "第一行\n第二行", "说“好”与\"不好\"",
       "\u00a0噪音扰民\u00a0", "长" * 3000, "下水道堵塞，请处理。"]


def write(folder, kind, head, rows):
    with open(f"{folder}/{TABLES[kind][0]}", "w", encoding="utf-8",
              newline="") as f:
        out = csv.writer(f)
        out.writerow(head.split(","))
        out.writerows(rows)


def when(rng, first=2019, last=2025):
    start = dt.datetime(first, 1, 1, tzinfo=ZONE)
    end = dt.datetime(last, 12, 1, tzinfo=ZONE)
    return start + dt.timedelta(
        seconds=rng.randrange(int((end - start).total_seconds())))


def delay(rng):
    """Many near the end of a term, on either side of it."""
    days = rng.choice([0, 3, 14, 15, 16, 17, 18, 22, 40, 59, 60, 61, 62, 63,
                       64, 68, 90])
    return dt.timedelta(days=days, seconds=rng.randrange(86400))


def board(rng, number):
    at = when(rng)
    shown = at.strftime(rng.choice(BOARD))
    if number % 97 == 5:
        shown = rng.choice(["2021-02-30 10:00", "昨天", ""])
    body = "" if number % 89 == 7 else rng.choice(ODD)
    title = "" if number % 89 == 7 else f"第{number}件"
    return at, [str(number), f"U{number % 50}", title, shown, body]


def make_messages(rng, folder):
    rows = [board(rng, i)[1] + ["0", "0", "0"] for i in range(500)]
    rows += rows[40:60]
    write(folder, "messages",
          "id,user,title,time,body,likes,dislikes,planted_format", rows)


def make_replies(rng, folder):
    rows = []
    for i in range(500):
        at, row = board(rng, i)
        answered = (at + delay(rng)).strftime(rng.choice(BOARD))
        if i % 41 == 3:
            answered = rng.choice(["", "2021-13-01 10:00", "尚未",
                                   "2010-01-01 10:00"])
        rows.append(row + [rng.choice(ODD), answered, "1", "1", "1"])
    rows += rows[100:120]
    write(folder, "replies", "id,user,title,time,body,reply,reply_time,"
          "complete_rollbear,explain_rollbear,explain_syu", rows)


def make_hangzhou(rng, folder):
    rows = []
    for i in range(400):
        at = when(rng, 2022, 2025)
        status = rng.choice(["已办理"] * 6 + ["待回复", "办理中"])
        grade = rng.choice("001234555") if status == "已办理" else "0"
        seen = (at + delay(rng)).replace(microsecond=0)
        if i % 2:
            seen = seen.astimezone(dt.timezone.utc)
        shown = seen.isoformat() if i % 53 else rng.choice(["?", "", "T"])
        rows.append([str(i), at.strftime(rng.choice(FORMATS["hangzhou"])),
                     "某市", "1", rng.choice(["city", "province"]), "",
                     f"第{i}件", rng.choice(ODD), "城建", "投诉/求助", status,
                     "0", grade, grade, shown])
    write(folder, "hangzhou", "tid,date,forum,fid,level,district,title,"
          "content,domain,type,status,likes,grade_manner,grade_speed,"
          "snapshot", rows)


def make_baltimore(rng, folder):
    rows, form = [], FORMATS["baltimore"][0]
    for i in range(600):
        at = when(rng)
        status = rng.choice(["Closed"] * 8 + [
            "Open", "New", "Closed (Duplicate)", "Closed (Transferred)"])
        gap = -delay(rng) if i % 61 == 9 else delay(rng)
        closed = (at + gap).strftime(form) if "Closed" in status else ""
        rows.append([f"r{i}", f"19-{i:06d}", "SW-Dirty Street",
                     rng.choice(["Phone", "API", "Internal"]),
                     at.strftime(form), status, "", "", closed,
                     "Solid Waste", "", "", "", "", ""])
    write(folder, "baltimore", "SRRecordID,ServiceRequestNum,SRType,"
          "MethodReceived,CreatedDate,SRStatus,StatusDate,DueDate,CloseDate,"
          "Agency,Neighborhood,CouncilDistrict,PoliceDistrict,ZipCode,"
          "DaysOpen", rows)


def make(folder):
    rng = random.Random(20260101)
    for function in (make_messages, make_replies, make_hangzhou,
                     make_baltimore):
        function(rng, folder)


# -- what came -------------------------------------------------------------------------

def compare(expected, office, as_of, due, overdue):
    """`due`: of `due --all --json`; `overdue`: counts of each clock."""
    with open(expected, encoding="utf-8") as f:
        want = json.load(f)[office]
    with open(due, encoding="utf-8") as f:
        rows = [c for c in json.load(f) if c["holder"] == office]
    end = end_of_day(dt.date.fromisoformat(as_of))
    got = Counter(c["clock"] + " " + c["state"] for c in rows
                  if dt.datetime.fromisoformat(c["started_at"]) <= end)
    if dict(got) != want["states"]:
        sys.exit(f"{office}, states at {as_of}:\n  came {dict(got)}\n"
                 f"  wanted {want['states']}")
    for pair in overdue:
        clock, count = pair.split("=")
        if int(count) != want["overdue"].get(clock, 0):
            sys.exit(f"{office}, overdue {clock} at {as_of}: {count} came, "
                     f"{want['overdue'].get(clock, 0)} wanted")


if __name__ == "__main__":
    {"make": make, "expect": expect,
     "compare": lambda a, b, c, d, *e: compare(a, b, c, d, e)}[sys.argv[1]](
         *sys.argv[2:])
