#!/bin/sh
# Goal: the story of one matter, told in commands.  A letter comes to a
# district, the acceptance notice is late, the petitioner visits the city.
# The city sees that a limit was missed (OVD), the district has its notice
# within a second; a reminder, then a supervision, which is answered, returned
# once and closed; the petitioner rates.  The province sees all of it: state,
# limits, lower state, lawfulness, times.
test_seconds=150
. "$(dirname "$0")/lib.sh"
export TZ=Asia/Shanghai

days_ago() {
	date -d "$1 days ago" +%F
}

in_days() {
	date -d "$1 days" +%F
}

# limit NAME ITEM CLOCK: its state as NAME sees it.
limit() {
	value '"/".join(c["state"] for c in d if c["clock"] == "'"$3"'")' \
	    at "$1" due --all --item "$2" --json
}

limit_is() {
	[ "$(limit "$1" "$2" "$3")" = "$4" ]
}

state_of() {
	value 'd["state"]' at "$1" show "$2" --json
}

state_is() {
	[ "$(state_of "$1" "$2")" = "$3" ]
}

# status_of NAME DIRECTIVE
status_of() {
	value 'd[0]["status"]' at "$1" directives --id "$2" --json
}

status_is() {
	[ "$(status_of "$1" "$2")" = "$3" ]
}

# escalation NAME KEY: of the first one.
escalation() {
	value 'd[0]["'"$2"'"] if d else "none"' at "$1" escalations --json
}

escalation_has() {
	[ "$(escalation "$1" "$2")" != none ] &&
	    [ "$(escalation "$1" "$2")" != null ]
}

make_hub province 990000 000000
make_hub city 990100 990000
make_district donghu 990101 990100
start province
join province city
start city
join city donghu
start donghu

# -- the letter, 40 days ago; the notice after 25 days ------------------------
does at donghu register --channel LX --purpose QJ --category 03 \
    --subject 幸福小区三号楼供暖不热 --text 幸福小区三号楼室温只有十四度，多次反映没有解决。 \
    --person-name 王某 --person-document 11010519491231002X \
    --claimed-at "$(days_ago 40)" --json
letter=$(json 'd["item"]')
does at donghu act "$letter" accept --at "$(days_ago 15)" --document 东信受2026-7
expect "the notice was late" "$(limit donghu "$letter" notice_direct)" missed
expect "the answer is not due yet" "$(limit donghu "$letter" handle)" running
wait_until 10 "the province sees that, too" \
    limit_is province "$letter" notice_direct missed

# -- the visit to the city -------------------------------------------------------
does at city register --channel LF --purpose QJ --category 03 --heads 3 \
    --subject 幸福小区供暖 --text 幸福小区三号楼供暖一直不热，区里没有解决，请市里督促。 \
    --person-name 王某 --person-document 11010519491231002X --json
visit=$(json 'd["item"]')
began=$(date +%s%N)
wait_until 5 "the district knows" escalation_has donghu noticed_at
took=$((($(date +%s%N) - began) / 1000000))
echo "the notice took $took ms as seen from outside"
for office in province city donghu; do
	wait_until 10 "$office has the receipt" escalation_has $office noticed_at
	expect "$office: what went up" "$(escalation $office item)" "$visit"
	expect "$office: the matter" "$(escalation $office matter)" "$letter"
	expect "$office: lower state" "$(escalation $office lower_state)" OVD
	expect "$office: lawful" "$(escalation $office lawfulness)" UP1
	expect "$office: knew" "$(escalation $office knew_before)" true
	expect "$office: from" "$(escalation $office from_level)" D
	expect "$office: to" "$(escalation $office to_level)" C
	expect "$office: not restated" "$(escalation $office restated)" false
done
does at city escalations --json
expect "within a second" "$(json '(lambda t: (
    t(d[0]["noticed_at"]) - t(d[0]["recorded_at"])).total_seconds() < 1)(
    __import__("datetime").datetime.fromisoformat)')" true
notice=$(json 'd[0]["id"]')
does at donghu escalation sign "$notice"
does at donghu escalation answer "$notice" --text 已约见来访人
wait_until 10 "acknowledged and answered, at the province" \
    escalation_has province answered_at
wait_until 5 "the district has the visit itself" \
    state_is donghu "$visit" REG

# -- a reminder, then a supervision -----------------------------------------------
reminder=$(value 'd["id"]' at city directive issue --to 990101 --kind CB \
    --item "$letter" --ground G3 --due "$(in_days 3)" --text 请抓紧办理 --json)
wait_until 10 "delivered" status_is city "$reminder" DLV
does at donghu directive sign "$reminder"
order=$(value 'd["id"]' at city directive issue --to 990101 --kind DB \
    --item "$letter" --ground G1 --due "$(in_days 7)" \
    --text 请查明并书面回告 --json)
wait_until 10 "delivered" status_is city "$order" DLV
does at donghu directive sign "$order"
does at donghu directive work "$order"
does at donghu directive answer "$order" --true yes --done 已检修 \
    --text 供热管道已检修
wait_until 10 "answered" status_is city "$order" ANS
does at city directive return "$order" --text 未附检测结果 \
    --due "$(in_days 5)"
wait_until 10 "returned" status_is donghu "$order" RTN
does at donghu directive answer "$order" --true yes --done 检测室温十九度 \
    --report 已办结 --text 附检测结果
wait_until 10 "answered again" status_is city "$order" ANS
does at city directive close "$order" --text 核查属实
wait_until 10 "closed, at the province" status_is province "$order" CLS
expect "its history" "$(value '" ".join(h["status"] for h in d[0]["history"])' \
    at province directives --id "$order" --json)" \
    'SNT DLV SGN WRK ANS RTN ANS CLS'

# -- the answer, and what the petitioner says ------------------------------------------
does at donghu act "$letter" reply --opinion SUP --document 东信答2026-9 \
    --text 管道已经检修，室温达到标准。
does at donghu act "$letter" close --outcome RES
does at donghu act "$letter" rate --rating 2
for office in province city donghu; do
	wait_until 10 "$office: closed" state_is $office "$letter" CLS
	expect "$office: answered in time" \
	    "$(limit $office "$letter" handle)" met
	expect "$office: the late notice stays" \
	    "$(limit $office "$letter" notice_direct)" missed
	expect "$office: rated" "$(value 'd["rating"]' \
	    at $office show "$letter" --json)" 2
	expect "$office: the escalation stands as it was" \
	    "$(escalation $office lower_state)" OVD
done
does at province show "$letter"
grep -q "$visit" out || die "the timeline has no visit: $(cat out)"
grep -q "$order" out || die "the timeline has no directive: $(cat out)"
finish
