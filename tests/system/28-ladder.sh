#!/bin/sh
# Goal: a limit that nobody kept is proposed for supervision when its day has
# come, once a rung, and sent by hand or by itself; what was reported is never
# sent to whom it reports; what was left out shows in the omissions.
test_seconds=180
. "$(dirname "$0")/lib.sh"
day=86400

shift_clock() {
	PETITION_TEST_CLOCK_SHIFT_S=$1
	export PETITION_TEST_CLOCK_SHIFT_S
}

# kinds OF-ITEM: what is proposed for its limit "handle".
kinds() {
	value "[p['kind'] for p in d if p['item'] == '$1']" \
	    at city supervise --clock handle --json
}

sent() {
	value "sorted(x['kind'] for x in d if x['item'] == '$1')" \
	    at city directives --json
}

was_sent() {
	[ "$(sent "$1")" = "$2" ]
}

at_city() {
	[ "$(value "sum(c['item'] == '$1' for c in d)" \
	    at city due --json)" -gt 0 ]
}

cat >rules.ini <<'INI'
[rules]
name = test
version = 1
effective = 2020-01-01
utc_offset = +08:00
rest_day_end = keep

[limit.handle]
title_zh = 办理
title_en = handle
article = test
start = register
stop = reply
limit = 20
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

make_pair
does at city rules publish rules.ini
start donghu
item=$(register donghu "nobody answers this")
about=$(value 'd["item"]' at city register --channel LF --purpose JK \
    --subject "about that office" --accused 990101 --json)
wait_until 20 "the city counts it" at_city "$item"
expect "nothing is due at first" "$(kinds "$item")" '[]'
refused_in_both 1 "Nothing is due for $item" "$item 目前没有" \
    at city supervise --send "$item"
refused 2 'send-all needs --kind' at city supervise --send-all --language en
refused 2 'CB DB GP' at city supervise --kind XX --language en
refused 2 '.' at donghu supervise --language en
expect "nothing was left out" \
    "$(value 'd["count"]' at city omissions --json)" 0

# -- time goes by --------------------------------------------------------------
stop donghu
stop city
shift_clock $((17 * day))
expect "before the end: a reminder" "$(kinds "$item")" '["CB"]'
does at city supervise --send "$item" --clock handle
expect "it was sent" "$(sent "$item")" '["CB"]'
expect "and is not proposed again" "$(kinds "$item")" '[]'
shift_clock $((21 * day))
expect "the day after the end: a CB" "$(kinds "$item")" '["CB"]'
expect "and it is an omission until then" "$(value \
    "[(o['ground'], o['article']) for o in d['omissions']
        if o['item'] == '$item']" at city omissions --json)" \
    '[["G1", "R22 Art 40"]]'
does at city omissions
does at city supervise
does at city supervise --send "$item"
expect "a CB after the end covers it" "$(kinds "$item")" '[]'
expect "no omission any more" "$(value \
    "[o['item'] for o in d['omissions'] if o['item'] == '$item']" \
    at city omissions --json)" '[]'
expect "the coverage says so" \
    "$(value 'd["coverage"]["supervised"]' at city omissions --json)" 1

# -- by itself -----------------------------------------------------------------------
shift_clock $((31 * day))
expect "ten days over: a DB" "$(kinds "$item")" '["DB"]'
refused 1 'Nothing is due' at city supervise --send "$about" --language en
expect "nothing was sent to whom it reports" "$(sent "$about")" '[]'
echo 'supervise_policy = often' >city/conf.d/70-policy.conf
refused 78 'supervise_policy' at city status --language en
echo 'supervise_policy = DB' >city/conf.d/70-policy.conf
start city
wait_until 20 "the city sends the DB" was_sent "$item" '["CB", "CB", "DB"]'
crash city
start city
start donghu
received() {
	[ "$(value "len(d)" at donghu directives --json)" = 3 ]
}
wait_until 20 "the district has all three" received
sleep 1
expect "nothing twice after a crash" "$(sent "$item")" '["CB", "CB", "DB"]'
expect "still nothing about the other" "$(sent "$about")" '[]'
expect "its ground" "$(value \
    "[x['ground'] for x in d if x['kind'] == 'DB']" \
    at city directives --json)" '["G1"]'
stop city
shift_clock $((51 * day))
expect "thirty days over: the list, by hand" "$(kinds "$item")" '["GP"]'
does at city supervise --send-all --kind GP
expect "and sent" "$(sent "$item")" '["CB", "CB", "DB", "GP"]'
finish
