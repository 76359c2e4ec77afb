#!/bin/sh
# Goal: a head of office reads an item's whole life in one `show`: where it
# stands, who answers for it since when, its limits, and one timeline with what
# was recorded late marked as such; `escalations`, `matters` and `match` list
# what the register holds, filter it, count it, and refuse what is no code.
# What only a hub's reactor would write is put into the register by hand.
. "$(dirname "$0")/lib.sh"

make_hub city 990100 990000

# -- one item's life ----------------------------------------------------------
new_item() {
	does at city register --no-query-code --json "$@"
	json 'd["item"]'
}
first=$(new_item --channel LF --heads 7 --subject 拆迁补偿 --place 湖滨路 \
    --claimed-at 2026-03-01)
second=$(new_item --channel LX --subject 路灯不亮)
third=$(new_item --channel LD --subject 噪声)
does at city act "$first" accept --at 2026-03-05 --user zhang --text 请等候
does at city act "$first" work --user li
does at city act "$first" reply --opinion SUP --document 江信答〔2026〕12号 \
    --text '支付补偿
第二行'
refused 1 . at city act "$first" take

does at city show "$first" --json
mv out shown
expect "keys of before are still there" "$(json \
    'sorted({"item", "directives", "held_by_parent", "leaf"} - set(d))' \
    shown)" '[]'
expect "where it stands" "$(json '[d[k] for k in ("state", "holder",
    "pending", "matter", "initial")]' shown)" \
    "[\"RPL\", \"990100\", \"\", \"$first\", true]"
expect "held from the day it came" "$(json 'd["holder_since"][:10]' shown)" \
    2026-03-01
expect "moves, by whom" "$(json '[[m["move"], m["user"], m["counted"]]
    for m in d["moves"]][:2]' shown)" \
    '[["accept", "zhang", true], ["work", "li", true]]'
expect "the timeline is in the order of what is claimed" "$(json \
    '[x["at"] for x in d["timeline"]] == sorted(
	x["at"] for x in d["timeline"])' shown)" true
expect "what was recorded late is marked" "$(json \
    '[x["late"] for x in d["timeline"]]' shown)" '[true, true, false, false]'
expect "limits are there" "$(json \
    '"handle" in [c["clock"] for c in d["clocks"]]' shown)" true

does at city show "$first" --language zh
for words in '由机构 990100 city 负责，自 2026-03-01' '代表不超过 5 人' \
    '受理告知.*请等候.*zhang.*补录' '江信答〔2026〕12号: 支付补偿 第二行'; do
	grep -q "$words" out || die "show does not say '$words': $(cat out)"
done
does at city show "$first" --language en
grep -q 'recorded late' out || die "show in English: $(cat out)"

# -- nothing yet ------------------------------------------------------------
for list in escalations matters match; do
	expect "no $list" "$(value 'd' at city "$list" --json)" '[]'
	expect "none of $list to count" "$(at city "$list" --count)" 0
	does at city "$list"
	[ "$(wc -l <out)" -eq 1 ] || die "no $list: $(cat out)"
done

# -- an earlier item, named at the counter -----------------------------------
fourth=$(new_item --channel LX --subject 井盖破损)
fifth=$(new_item --channel LX --subject 又来反映 --earlier-item "$fourth")
expect "makes a repeat of the same matter" "$(value '[d["initial"],
    d["matter"]]' at city show "$fifth" --json)" "[false, \"$fourth\"]"
expect "and that one is the first of two" "$(value '[d["initial"],
    len(d["matter_items"])]' at city show "$fourth" --json)" '[true, 2]'

# -- a person decides ---------------------------------------------------------
does at city match --accept "$third" "$fourth" --user li
expect "linked by hand" "$(value 'd["matter"]' \
    at city show "$third" --json)" "$fourth"
does at city match --split "$third" --text 两件事
expect "and split again" "$(value '[d["matter"],
    [[l["verdict"], l["user"]] for l in d["links"]][0]]' \
    at city show "$third" --json)" "[\"$third\", [\"LINK\", \"li\"]]"

# -- what a reactor would have written ----------------------------------------
cat >fill.py <<'PYTHON'
import sqlite3, sys
first, second, third = sys.argv[1:]
db = sqlite3.connect("city/register.db")
now = db.execute("SELECT max(recorded_ms) FROM petition").fetchone()[0]
position = 1000


def row(table, *values):
    global position
    position += 1
    db.execute(f"INSERT INTO {table} VALUES ({','.join('?' * (len(values) + 5))})",
               (position, "990100", 1, "", position) + values)


def link(item, matter, verdict, score):
    row("matter_link", item, matter, verdict, "PERSON TEXT", score, "", now,
        now, now, "", "", 1, position + 1)


def escalation(number, revision, item, lower):
    row("escalation_said", number, revision, first, item, "990101", "D", "C",
        "LF", 1, 7, now + revision, lower, "UP1", lower != "NOP", "",
        "03", now, now, now, "", "")
    db.execute("INSERT OR REPLACE INTO escalation_now"
               " (id, item, revision, at_ms, office) VALUES (?, ?, ?, ?, ?)",
               (number, item, revision, now + revision, "990101"))


def step(number, status, text, later):
    row("directive_step", number, "990101", status, text, 0, "", "", "", "",
        now + later, now + later, now + later, "clerk", "wang")


link(second, first, "PROPOSE", 800)
link(second, first, "LINK", 800)
link(third, first, "PROPOSE", 650)
db.executemany("INSERT INTO item_matter VALUES (?, ?)",
               [(first, first), (second, first)])
db.execute("INSERT INTO link_now VALUES (?, ?)", (second, first))
escalation("E990100-2026-0001-000", 1, second, "NOP")
escalation("E990100-2026-0001-000", 2, second, "OVD")
escalation("E990100-2026-0002-000", 1, second, "TRM")
for later, (status, text) in enumerate([("DLV", ""), ("SGN", ""),
                                        ("ANS", "old"), ("ANS", "new")]):
    step("E990100-2026-0001-000", status, text, later)
step("E990100-2026-0002-000", "DLV", "", 1)
db.commit()
PYTHON
does "$python" fill.py "$first" "$second" "$third"

# -- escalations ------------------------------------------------------------
many() {
	value 'len(d)' at city escalations --json "$@"
}
does at city escalations --json
keys='{"matter", "item", "from_level", "to_level", "lower_state", "lawfulness",
    "knew_before", "recorded_at", "noticed_at", "acknowledged_at",
    "answered_at", "restated", "id", "office", "channel", "batch", "heads",
    "lower_item", "revision", "answer"}'
expect "every key of an escalation" \
    "$(json "sorted($keys - set(d[0]))")" '[]'
does at city escalations --failures --json
expect "the newest finding counts" "$(json '[[e["lower_state"], e["restated"],
    e["answer"], [v["lower_state"] for v in e["versions"]]] for e in d]')" \
    '[["OVD", true, "new", ["NOP", "OVD"]]]'
expect "the first receipt, the first signature, the last answer" "$(json \
    'd[0]["noticed_at"] < d[0]["acknowledged_at"] < d[0]["answered_at"]')" true
expect "not answered" "$(value '[e["lower_state"] for e in d]' \
    at city escalations --unanswered --json)" '["TRM"]'
expect "by matter" "$(many --matter "$first")" 2
expect "by item" "$(many --item "$first")" 0
expect "by office" "$(many --office 990101)" 2
expect "by level" "$(many --to-level C) $(many --to-level P)" "2 0"
expect "by state" "$(many --lower-state OVD) $(many --lower-state NOP)" "1 0"
expect "in time" "$(many --since 2026-01-01) $(many --until 2026-01-01)" "2 0"
expect "counted" "$(at city escalations --count --failures)" 1
does at city escalations --limit 1
grep -q 'first 1 are shown' out || die "escalations for people: $(cat out)"
refused 2 'cannot be' at city escalations --lower-state XXX
refused 2 'not one' at city escalations --office 9

# -- matters ----------------------------------------------------------------
does at city matters --json
expect "a matter" "$(json '[[m["matter"], m["items"], m["batches"], m["heads"],
    m["collective"], m["initial_item"], m["offices"], m["escalations"]]
    for m in d][:1]')" \
    "[[\"$first\", 2, 1, 7, true, \"$first\", [\"990100\"], 2]]"
expect "collective matters" "$(at city matters --count --collective)" 1
expect "of an office" "$(at city matters --count --office 990100)" 2
expect "of another" "$(at city matters --count --office 990101)" 0
does at city matters
grep -q 拆迁补偿 out || die "matters for people: $(cat out)"

# -- match ------------------------------------------------------------------
does at city match --json
expect "what is open" "$(json '[[p["item"], p["matter"], p["score"],
    p["item_side"]["subject"], p["matter_side"]["subject"]] for p in d]')" \
    "[[\"$third\", \"$first\", 650, \"噪声\", \"拆迁补偿\"]]"
expect "of an item" "$(at city match --count --item "$second")" 0
does at city match
grep -q '噪声.*拆迁补偿' out || die "not side by side: $(cat out)"
refused 2 'two numbers' at city match --accept "$third"
refused 2 'one decision' at city match --accept --reject "$third" "$first"
refused 2 'one decision' at city match "$third" "$first"
refused 1 'not linked' at city match --split "$third"

# -- the matter in `show` -----------------------------------------------------
does at city show "$second" --json
expect "its matter, with all items" "$(json '[d["matter"], d["initial"],
    [i["item"] for i in d["matter_items"]]]')" \
    "[\"$first\", false, [\"$first\", \"$second\"]]"
expect "everything is in the timeline" "$(json \
    'sorted({x["kind"] for x in d["timeline"]})')" \
    '["escalation", "item", "link", "notice", "registered"]'
expect "with every finding" "$(json \
    'len([x for x in d["timeline"] if x["kind"] == "escalation"])')" 3
does at city show "$second"
grep -q 'finding 2' out || die "the timeline for people: $(cat out)"

finish
