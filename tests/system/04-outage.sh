#!/bin/sh
# Goal: a district records while the city is down, and while its own daemon
# is down too; when they are back everything arrives once and in order.  A
# directive that was issued meanwhile is delivered then, and goes all its way:
# signed, in work, answered, returned with a new date, answered, closed; both
# sides show each step with its time.
. "$(dirname "$0")/lib.sh"

# steps NAME: what has become of the directive, oldest first.
steps() {
	value '" ".join(s["status"] for s in d[0]["steps"])' \
	    at "$1" directives --id "$id" --json
}

status_is() {
	[ "$(value 'd[0]["status"] if d else "-"' \
	    at "$1" directives --id "$id" --json)" = "$2" ]
}

# both_show STATUS
both_show() {
	for side in city donghu; do
		wait_until 10 "$side shows $1" status_is $side "$1"
	done
}

unsent_is() {
	[ "$(value 'd["links"][0]["unsent_records"]' \
	    at donghu status --json)" = "$1" ]
}

make_pair
start donghu
wait_until 10 "connected" link_is donghu streaming
register donghu "before the outage" >/dev/null
wait_until 10 "it has arrived" counts city 1

# -- the city is down ----------------------------------------------------------
crash city
for i in 1 2 3; do
	register donghu "the city is down $i" >/dev/null
done
unsent_is 3 || die "three are unsent: $(cat out)"
expect "and their bytes and age are known" "$(value \
    'd["links"][0]["unsent_bytes"] > 0 and
	0 <= d["links"][0]["oldest_unsent_age_s"] < 60' \
    at donghu status --json)" true
error=$(value 'd["links"][0]["last_error"]' at donghu status --json)
echo "$error" | grep -q 990100 || die "the error names the city: '$error'"

# -- the district's daemon too ---------------------------------------------------
crash donghu
for i in 4 5 6; do
	register donghu "everything is down $i" >/dev/null
done
unsent_is 6 || die "six are unsent: $(cat out)"
expect "nothing runs" "$(link_state donghu)" stopped
expect "held by the parent: no" "$(value 'd["held_by_parent"]' at donghu show \
    "$(value 'd[0]["item"]' at donghu petitions --json --limit 1)" --json)" \
    false

# -- the city orders meanwhile ------------------------------------------------------
start city
about=$(value 'd[0]["item"]' at city petitions --json)
id=$(value 'd["id"]' at city directive issue --to 990101 --kind DB \
    --item "$about" --due "$(date -d '10 days' +%F)" \
    --text '请在月底前修复并回告' --json)
expect "sent, and not delivered" "$(steps city)" ""
expect "its status" "$(value 'd[0]["status"]' \
    at city directives --id "$id" --json)" SNT

# -- all is back ------------------------------------------------------------------------
start donghu
wait_until 10 "all have arrived" counts city 7
same_petitions city donghu
wait_until 10 "nothing is unsent" unsent_is 0
both_show DLV
expect "the directive is as it was issued" "$(value \
    '[d[0][k] for k in ("kind", "issuer", "addressee", "item", "text")]' \
    at donghu directives --json)" \
    "[\"DB\", \"990100\", \"990101\", \"$about\", \"请在月底前修复并回告\"]"

# -- its way ------------------------------------------------------------------------------
refused_in_both 1 'What can be done now' 现在可以 at city directive close "$id"
refused_in_both 1 'What can be done now' 现在可以 \
    at donghu directive answer "$id" --text '还没有签收'
does at donghu directive sign "$id" --role leader --user wang
both_show SGN
does at donghu directive work "$id" --text 派人去了
both_show WRK
refused_in_both 1 '--text' '--text' at donghu directive answer "$id"
does at donghu directive answer "$id" --text '灯已修好'
both_show ANS
refused_in_both 1 '--due' '--due' at city directive return "$id" --text 再查
refused_in_both 1 'passed' 已经过去 \
    at city directive return "$id" --text 再查 --due 2020-01-01
due=$(date -d '20 days' +%F)
does at city directive return "$id" --text '还有两盏不亮' --due "$due"
both_show RTN
for side in city donghu; do
	expect "$side shows the new date" "$(value \
	    'd[0]["due_at"][:10]' at $side directives --id "$id" --json)" "$due"
done

# The answer to the return crosses an outage as well.
crash city
does at donghu directive answer "$id" --text '全部修好了'
expect "open at the district" \
    "$(value 'len(d)' at donghu directives --open --json)" 1
start city
both_show ANS
does at city directive close "$id" --text 同意
both_show CLS
for side in city donghu; do
	expect "$side shows every step" "$(steps $side)" \
	    "DLV SGN WRK ANS RTN ANS CLS"
	expect "$side shows each with its time" "$(value \
	    'all(s[k] for s in d[0]["steps"]
		for k in ("recorded_at", "received_at", "claimed_at"))' \
	    at $side directives --id "$id" --json)" true
	expect "$side shows the words" "$(value \
	    '[s["text"] for s in d[0]["steps"]]' \
	    at $side directives --id "$id" --json)" \
	    '["", "", "派人去了", "灯已修好", "还有两盏不亮", "全部修好了", "同意"]'
	expect "$side shows who signed" "$(value \
	    '[d[0]["steps"][1][k] for k in ("role", "user")]' \
	    at $side directives --id "$id" --json)" '["leader", "wang"]'
	expect "$side has nothing open" \
	    "$(value 'len(d)' at $side directives --open --json)" 0
	expect "$side shows it with the item" "$(value \
	    '[x["id"] for x in d["directives"]]' \
	    at $side show "$about" --json)" "[\"$id\"]"
	does at $side directives --id "$id"
	grep -q 还有两盏不亮 out || die "for people: $(cat out)"
done
refused_in_both 1 'closed or cancelled|What can be done' '已全部|现在可以' \
    at donghu directive work "$id"

# -- one that is cancelled, one to all -----------------------------------------------------
make_district xihu 990102 990100
join city xihu
does at city directive issue --to all --kind TB --text '通报' --json
id=$(json 'd["id"]')
start xihu
wait_until 10 "delivered to the new one" status_is xihu DLV
refused_in_both 1 'say which one' 写明是哪一个 at city directive close "$id"
does at city directive cancel "$id" --office 990102 --text 不必了
wait_until 10 "cancelled at one" status_is xihu CXL
wait_until 10 "and not at the other" status_is donghu DLV
holds_all city donghu || die "the streams of donghu differ"
holds_all city xihu || die "the streams of xihu differ"
finish
