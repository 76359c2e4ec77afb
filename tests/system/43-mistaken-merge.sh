#!/bin/sh
# Goal: two items are joined by mistake and taken apart again: the records of
# both acts stay, the timelines of both items show them, the limits of the
# merged one stop and run on, a rejected pair is not proposed or linked again,
# and city, province and district agree.
test_seconds=150
. "$(dirname "$0")/lib.sh"

matter_of() {
	value 'd["matter"]' at "$1" show "$2" --json
}

matter_is() {
	[ "$(matter_of "$1" "$2")" = "$3" ]
}

state_is() {
	[ "$(value 'd["state"]' at "$1" show "$2" --json)" = "$3" ]
}

# running NAME ITEM: are there limits that run?
running_of() {
	value 'sorted({c["state"] for c in d})' \
	    at "$1" due --all --item "$2" --json
}

verdicts() {
	value '[l["verdict"] for l in d["links"]]' at "$1" show "$2" --json
}

make_hub province 990000 000000
make_hub city 990100 990000
make_district donghu 990101 990100
start province
join province city
start city
join city donghu
start donghu

one=$(value 'd["item"]' at donghu register --channel LX --purpose QJ \
    --subject 一号楼漏水 --text 一号楼屋顶漏水三个月。 --json)
two=$(value 'd["item"]' at donghu register --channel LX --purpose QJ \
    --subject 二号楼电梯 --text 二号楼电梯常停。 --json)
for office in city province; do
	wait_until 10 "$office has both" counts $office 2
done

# -- linked by hand, and split -----------------------------------------------
refused 1 '.' at city match --accept "$two" "$two"
refused 1 'nothing to' at city match --split "$two"
does at city match --accept "$two" "$one"
for office in city province donghu; do
	wait_until 10 "$office: one matter" matter_is $office "$two" "$one"
done
refused 1 '.' at city match --accept "$two" "$one"
does at city match --split "$two" --text 误并
for office in city province donghu; do
	wait_until 10 "$office: two matters" matter_is $office "$two" "$two"
	expect "$office: both acts stay" "$(verdicts $office "$two")" \
	    '["LINK", "SPLIT"]'
done
does at city show "$two"
grep -q 误并 out || die "why it was split: $(cat out)"
does at city match --reject "$two" "$one"

# -- merged by the district, and undone ------------------------------------------
does at donghu act "$two" merge --into "$one"
expect "its limits stopped" "$(running_of donghu "$two")" '["stopped"]'
expect "the other's run on" "$(running_of donghu "$one")" '["running"]'
wait_until 10 "merged, at the province" state_is province "$two" MRG
does at donghu act "$two" unmerge --text 误并
wait_until 10 "as before, at the province" state_is province "$two" REG
for office in province city donghu; do
	case $(running_of $office "$two") in
	*running*) echo "ok: $office: its limits run on" ;;
	*) die "$office: $(running_of $office "$two")" ;;
	esac
	expect "$office: a rejected pair is not joined by a merge" \
	    "$(matter_of $office "$two")" "$two"
done
finish
