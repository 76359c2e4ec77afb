#!/bin/sh
# Goal: rule files and calendars travel from the province through the city to
# its districts, to an offline one later and to one that enrols later; every
# level counts the same limits; a wrong file is refused in one sentence; a
# crash neither loses nor repeats anything.
test_seconds=180
. "$(dirname "$0")/lib.sh"

# rules_file VERSION EFFECTIVE DAYS: one limit, for all that is registered.
rules_file() {
	cat >"rules-$1.ini" <<INI
[rules]
name = test
version = $1
effective = $2
utc_offset = +08:00
rest_day_end = keep

[limit.handle]
title_zh = 办理
title_en = handle
article = test
start = register
stop = reply
limit = $3
unit = day
holder = recorder

[ladder]
remind_before = 5
CB = 1
DB = 10
GP = 30
unit = day
suggestion_days = 30
INI
}

runs_on() {
	[ "$(value 'd["rules"]["version"]' at "$1" rules --json)" = "$2" ]
}

published() {
	value "[p['version'] for o in d if o['office'] == '$2'
	    for p in o['published'] if p['delivered']]" \
	    at "$1" districts --json
}

delivered() {
	[ "$(published "$1" "$2")" = "$3" ]
}

# clocks NAME: every limit of every item, as this office counts it.
clocks() {
	value 'sorted([c["item"], c["clock"], c["due"], c["rules"],
	    c["calendar"]] for c in d)' at "$1" due --all --json
}

agree() {
	[ "$(clocks "$1" | grep -c "$3")" -gt 0 ] &&
	    [ "$(clocks "$1")" = "$(clocks "$2")" ]
}

# of NAME ITEM: the limits of one item; the city has those of d1 and d2.
of() {
	value "sorted([c['clock'], c['due'], c['rules'], c['calendar']]
	    for c in d)" at "$1" due --all --item "$2" --json
}

counts_alike() {
	[ "$(of "$1" "$2" | grep -c "test 1")" -gt 0 ] &&
	    [ "$(of "$1" "$2")" = "$(of city "$2")" ]
}

make_hub province 990000 000000
make_hub city 990100 990000
start province
join province city
start city
for district in 1 2; do
	make_district d$district 99010$district 990100
	join city d$district
	start d$district
done
one=$(register d1 "before anything was published")
expect "the shipped rules hold" \
    "$(value 'd["rules"]["publisher"]' at d1 rules --json)" ""

# -- wrong files ------------------------------------------------------------
echo 'hello' >wrong.ini
refused_in_both 1 'begins with' '文件有误|行有误' \
    at province rules publish wrong.ini
refused 1 'begins with' at d1 rules check wrong.ini --language en
refused 1 'cannot be read' at province rules publish nowhere.ini --language en
refused 2 'cannot be published' at province rules publish wrong.ini --sort x \
    --language en
rules_file 1 2020-01-01 20
sed 's/^unit = day/unit = fortnight/' rules-1.ini >wrong.ini
refused_in_both 1 'Line [0-9]+: .*fortnight' '第 [0-9]+ 行' \
    at province rules publish wrong.ini
refused 1 'begins with' at province rules publish rules-1.ini \
    --sort calendar --language en
head -c 70000 /dev/zero | tr '\0' '#' >wrong.ini
refused 1 '64 KiB' at province rules publish wrong.ini --language en
: >wrong.ini
refused 1 'begins with' at province rules publish wrong.ini --language en
does at d1 rules check rules-1.ini
refused 2 'publish' at d1 rules publish rules-1.ini --language en

# -- province, city, districts; one is away ------------------------------------
stop d2
expect "it is published" "$(value 'd["outcome"]' \
    at province rules publish rules-1.ini --json)" published
expect "and only once" "$(value 'd["outcome"]' \
    at province rules publish rules-1.ini --json)" already
sed 's/limit = 20/limit = 21/' rules-1.ini >other.ini
refused_in_both 1 'published before with another text' '内容不同' \
    at province rules publish other.ini
wait_until 20 "the city runs on it" runs_on city "test 1"
wait_until 20 "so does a district" runs_on d1 "test 1"
expect "the one that is away does not" \
    "$(value 'd["rules"]["version"]' at d2 rules --json)" "cn 2022.1"
wait_until 20 "the city knows who has it" delivered city 990101 '["test 1"]'
expect "and who does not" "$(published city 990102)" '[]'
start d2
wait_until 20 "it comes later" runs_on d2 "test 1"
wait_until 20 "the province counts as the district does" \
    agree province city "$one"
wait_until 20 "the item is counted by the new file" counts_alike d1 "$one"

# -- a later date -------------------------------------------------------------------
rules_file 2 2099-01-01 5
does at city rules publish rules-2.ini
expect "it does not hold yet" \
    "$(value 'd["rules"]["version"]' at city rules --json)" "test 1"
expect "but is known" \
    "$(value 'd["rules"]["next"]["version"]' at city rules --json)" "test 2"
does at city rules
wait_until 20 "below, too" delivered city 990101 '["test 1", "test 2"]'

# -- a crash, and a third district ---------------------------------------------------
cat >calendar.ini <<'INI'
[calendar]
name = test
version = 2026.9
years = 2020-2030
[days]
2026-01-01 = rest, holiday
INI
does at province rules publish calendar.ini
crash city
crash province
start province
start city
make_district d3 990103 990100
join city d3
start d3
wait_until 30 "who came late has all of it" delivered city 990103 \
    '["test 1", "test 2", "test 2026.9"]'
runs_on d3 "test 1" || die "the third district runs on something else"
for district in d1 d2 d3; do
	does at $district rules show --sort calendar
	wait_until 20 "$district has the calendar" \
	    cmp -s out calendar.ini
done
register d3 "of the third" >/dev/null
wait_until 20 "the city counts as d3 does" agree city province 990103
cat >categories.ini <<'INI'
[categories]
name = cats
version = 1
0301 = 征地拆迁, land acquisition
030101 = 补偿标准, compensation
INI
does at city rules publish categories.ini
cat >templates.ini <<'INI'
[templates]
name = words
version = 1
[template.DB]
zh = 请办理 {1}
en = Deal with {1}
INI
does at city rules publish templates.ini
wait_until 20 "lists travel, too" delivered city 990101 \
    '["test 1", "test 2", "test 2026.9", "cats 1", "words 1"]'

# -- nothing twice, and a rebuild repeats nothing ----------------------------------------
copies() {
	"$python" -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(db.execute("SELECT count(*), count(DISTINCT origin || audience || sort"
    " || version) FROM published").fetchone())' "$1/register.db"
}
before=$(copies city)
stop city
does at city rebuild
start city
expect "nothing was published again" "$(copies city)" "$before"
expect "no copy twice" "$(copies city | tr -d '(),' |
    { read -r all distinct; [ "$all" = "$distinct" ] && echo yes; })" yes
finish
