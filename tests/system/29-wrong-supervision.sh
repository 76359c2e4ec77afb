#!/bin/sh
# Goal: wrong input at every option of the commands of supervision (act, due,
# escalations, matters, match, suggest, supervise, omissions, rules, user,
# identity, query, keys, attachment) is refused with one sentence and the
# right status, in both languages, and records nothing.
test_seconds=240
. "$(dirname "$0")/lib.sh"

# repeated TIMES: a long text.
repeated() {
	head -c "$1" /dev/zero | tr '\0' x
}

# wrong STATUS COMMAND...: refused; by turns in English and in Chinese.
wrong() {
	code=$1
	shift
	if [ "$LC_ALL" = C.UTF-8 ]; then
		refused "$code" '\.$' "$@"
		LC_ALL=zh_CN.UTF-8
	else
		refused "$code" '。$' "$@"
		LC_ALL=C.UTF-8
	fi
}

records() {
	value 'd["journal_records"]' at "$1" status --json
}

not_text=$(printf 'a\377b')
long=$(repeated 700)

make_pair
item=$(register donghu "wages unpaid")
worked=$(register donghu "in work")
start donghu
does at donghu act "$worked" accept
does at donghu act "$worked" recuse --person zhang
wait_until 10 "it is at the city" counts city 2
mistyped=${item%?}'?'
unknown=$(echo "$item" | sed 's/-00000[0-9]-/-000999-/') # mistyped, too
does at city directive issue --to 990101 --kind DB --text 请办 \
    --item "$worked" --json
id=$(json 'd["id"]')
delivered() {
	[ "$(value '[x["status"] for x in d]' at city directives --json)" = \
	    '["DLV"]' ]
}
wait_until 10 "the directive is there" delivered
does at donghu directive sign "$id"
does at city act "$worked" recuse --person li

# -- act ---------------------------------------------------------------------
try_act() {
	wrong 2 at donghu act
	wrong 2 at donghu act "$item"
	wrong 2 at donghu act "$item" note more
	wrong 1 at donghu act "$mistyped" note --text a
	wrong 1 at donghu act "$unknown" note --text a
	wrong 1 at donghu act '' note --text a
	wrong 1 at donghu act 17 note --text a
	wrong 1 at donghu act "$id" note --text a
	wrong 1 at donghu act "$item" ''
	wrong 1 at donghu act "$item" frobnicate
	for word in register take object agree insist extend review reviewed \
	    final hearing finished unmerge close reopen rate call-back; do
		wrong 1 at donghu act "$item" $word
	done
	for word in forward assign interim reply decline not-accepted-again \
	    withdraw merge recuse note; do
		wrong 1 at donghu act "$item" $word
	done
	wrong 1 at donghu act "$item" forward --to 990101
	wrong 1 at donghu act "$item" forward --to wuhan
	wrong 1 at donghu act "$item" assign --to 990100
	wrong 1 at donghu act "$item" assign --to 990100 --due 2020-01-01
	wrong 2 at donghu act "$item" assign --to 990100 --due soon
	wrong 2 at donghu act "$item" reply --text a --opinion XXX
	wrong 2 at donghu act "$item" note --text "$not_text"
	wrong 1 at donghu act "$item" note --text ''
	wrong 1 at donghu act "$item" note --text "$(repeated 40000)"
	wrong 2 at donghu act "$item" note --text a --at soon
	wrong 1 at donghu act "$item" note --text a --at 2099-01-01
	wrong 1 at donghu act "$item" merge --other "$item"
	wrong 2 at donghu act "$item" merge --other 17
	wrong 2 at donghu act "$item" merge --other "$mistyped"
	wrong 2 at donghu act "$item" recuse --person "$(repeated 60)"
	wrong 2 at donghu act "$worked" close --outcome XXX
	wrong 1 at donghu act "$worked" extend --days 31 --text a --approver b
	wrong 2 at donghu act "$worked" extend --days 0 --text a --approver b
	wrong 2 at donghu act "$worked" extend --days many --text a --approver b
	wrong 1 at donghu act "$worked" extend --days 5 --text a
	wrong 2 at donghu act "$worked" note --text a --text b
	wrong 1 at donghu act "$worked" note --text a --user zhang
	wrong 1 at city act "$worked" reply --text a --opinion SUP
	wrong 1 at city act "$item" accept
}

# -- directives, notices, matters -----------------------------------------------
try_directives() {
	large=$(repeated 32000)
	wrong 1 at donghu directive answer "$id" --text "$large" \
	    --done "$large" --report "$large"
	wrong 1 at donghu directive answer "$id" --text a --user zhang
	wrong 1 at donghu directive work "$id" --user zhang
	wrong 1 at city directive answer "$id" --text a
	wrong 2 at city directives --office wuhan
	wrong 2 at city directives --limit -1
	wrong 2 at city suggest IMP --to 990101 --item "$item" \
	    --due soon --text a
	wrong 1 at city suggest IMP --to 990101 --item 17 --text a
	wrong 2 at city suggest XXX --to 990101 --text a
	for command in sign answer; do
		wrong 2 at donghu escalation $command
		wrong 1 at donghu escalation $command 17 --text a
		wrong 1 at donghu escalation $command "$id" --text a
		wrong 1 at donghu escalation $command "$item" --text a
		wrong 1 at donghu escalation $command \
		    E990100-2026-0001-XXX --text a
		wrong 2 at donghu directive $command "$id" --text "$not_text"
	done
	wrong 2 at donghu escalations --office wuhan
	wrong 2 at donghu escalations --lower-state XX
	wrong 2 at donghu escalations --to-level X
	wrong 2 at donghu escalations --matter 17
	wrong 2 at donghu escalations --item "$mistyped"
	wrong 2 at donghu escalations --since soon
	wrong 2 at donghu escalations --until 2026-13-13
	wrong 2 at donghu escalations --limit x
	wrong 2 at donghu escalations --id 17
	wrong 2 at donghu escalations more
	wrong 2 at city matters --office wuhan
	wrong 2 at city matters --limit x
	wrong 1 at city match "$item" "$worked" --accept --user li
	wrong 1 at city match "$worked" "$item" --reject --user li
	wrong 1 at city directive issue --to 990101 --kind DB --text a \
	    --item "$worked" --user li
	wrong 1 at city directive cancel "$id" --text a --user li
	wrong 2 at city match "$item"
	wrong 2 at city match "$item" --accept
	wrong 2 at city match "$item" "$worked"
	wrong 2 at city match "$item" "$worked" --accept --reject
	wrong 1 at city match "$item" "$item" --accept
	wrong 1 at city match "$item" "$unknown" --accept
	wrong 1 at city match "$item" 17 --reject
	wrong 2 at city match "$item" "$worked" --split
	wrong 1 at city match "$item" --split
	wrong 2 at city match --item 17
	wrong 2 at city match --limit x
	wrong 2 at city match "$item" "$worked" --accept --text "$not_text"
	wrong 1 at city match "$item" "$worked" --accept \
	    --text "$(repeated 2001)"
	wrong 2 at donghu match
}

# -- limits and the ladder --------------------------------------------------------
try_limits() {
	wrong 2 at donghu due --within x
	wrong 2 at donghu due --within -1
	wrong 2 at donghu due --office wuhan
	wrong 2 at donghu due --item 17
	wrong 2 at donghu due --as-of soon
	wrong 2 at donghu due --limit -1
	wrong 2 at donghu due more
	wrong 2 at city supervise --kind XX
	wrong 2 at city supervise --send-all
	wrong 2 at city supervise --send "$item" --send-all --kind CB
	wrong 2 at city supervise --send 17
	wrong 1 at city supervise --send "$item"
	wrong 2 at city supervise --office wuhan
	wrong 2 at city supervise --as-of soon
	wrong 2 at city supervise --limit x
	wrong 2 at city omissions --office wuhan
	wrong 2 at city omissions --as-of soon
	wrong 2 at city omissions --limit x
	wrong 2 at donghu supervise
	wrong 2 at donghu omissions
	: >empty
	wrong 2 at city rules publish
	wrong 1 at city rules publish not-there.ini
	wrong 1 at city rules publish /
	wrong 1 at city rules publish empty
	wrong 1 at city rules publish city.log
	wrong 2 at city rules publish empty --sort x
	wrong 1 at donghu rules check not-there.ini
	wrong 1 at donghu rules check /
	wrong 2 at donghu rules show --sort x
	wrong 2 at donghu rules --as-of soon
}

# -- people, identities, keys, files -------------------------------------------------
try_people() {
	echo short >short.pw
	chmod 600 short.pw
	echo long-enough-for-it >open.pw
	chmod 644 open.pw
	cp open.pw good.pw
	chmod 600 good.pw
	wrong 2 at donghu user add
	wrong 2 at donghu user add one --password-file good.pw
	wrong 2 at donghu user add one --role king --password-file good.pw
	wrong 1 at donghu user add one --role clerk --password-file good.pw
	for file in short.pw open.pw not-there.pw / empty; do
		wrong 1 at donghu user add one --role administrator \
		    --password-file $file
	done
	for name in '' 'a b' "$long" "$not_text"; do
		wrong 1 at donghu user add "$name" --role administrator \
		    --password-file good.pw
	done
	for word in disable enable; do
		wrong 2 at donghu user $word
		wrong 1 at donghu user $word nobody
	done
	wrong 1 at donghu user password nobody --password-file good.pw
	wrong 1 at donghu user role nobody clerk
	wrong 2 at donghu user role nobody
	wrong 1 at donghu act "$item" note --text a --as nobody \
	    --password-file good.pw
	for step in approve refuse; do
		wrong 2 at donghu identity $step
		wrong 2 at donghu identity $step "$item"
		wrong 1 at donghu identity $step 17 --requester b
		wrong 1 at donghu identity $step "$item" --requester b
	done
	wrong 2 at donghu identity request
	wrong 1 at donghu identity request "$item"
	wrong 1 at donghu identity request 17 --reason a
	wrong 1 at donghu identity request "$item" --reason a
	wrong 2 at donghu identity show
	wrong 1 at donghu identity show 17
	wrong 1 at donghu identity show "$item"
	wrong 2 at donghu identity list --item 17
	wrong 2 at donghu query
	wrong 1 at donghu query ''
	wrong 1 at donghu query 17
	wrong 1 at donghu query "$not_text"
	wrong 1 at donghu query "$long"
	# Guesses are counted, and there were enough of them.
	wrong 75 at donghu query 0000-0000-0000-0000
	wrong 2 at donghu keys destroy
	wrong 2 at donghu keys destroy soon --reason a --confirm soon
	wrong 2 at donghu keys destroy 9998 --reason a --confirm 9998
	wrong 1 at donghu keys destroy 2001 --reason a
	wrong 1 at donghu keys destroy 2001 --reason a --confirm 2002
	wrong 1 at donghu keys destroy 2001 --reason a --confirm 2001
	wrong 1 at donghu keys destroy "$(date +%Y)" --reason a \
	    --confirm "$(date +%Y)"
	wrong 2 at donghu attachment "$id"
	wrong 1 at donghu attachment "$id" --out file
	wrong 1 at donghu register --channel LX --subject a --accused 12
	wrong 1 at donghu register --channel LX --subject a --accused ,
	wrong 1 at donghu register --channel LX --subject a --procedure X
	wrong 1 at donghu register --channel LX --subject a \
	    --slip=not/there
	wrong 1 at donghu show "$unknown"
	wrong 1 at donghu show "$worked" --user zhang
}

before="$(records city) $(records donghu)"
for part in act directives limits people; do
	try_$part
	expect "nothing was recorded by what is wrong with: $part" \
	    "$(records city) $(records donghu)" "$before"
done
finish
