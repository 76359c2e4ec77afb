#!/bin/sh
# Goal: one story for each of the eight lower states and for each value of
# lawfulness, as the city computes them from what the district did, and the
# restatement when an offline district turns out to have registered.
test_seconds=240
. "$(dirname "$0")/lib.sh"
export TZ=Asia/Shanghai

days_ago() {
	date -d "$1 days ago" +%F
}

# letter NAME SUBJECT [OPTION...]: prints its number.
letter() {
	office=$1
	subject=$2
	shift 2
	value 'd["item"]' at "$office" register --channel LX --purpose QJ \
	    --category 03 --subject "$subject" --text "$subject，请依法处理。" \
	    --json "$@"
}

# up SUBJECT [OPTION...]: a visit to the city about it; prints its number.
up() {
	subject=$1
	shift
	value 'd["item"]' at city register --channel LF --purpose QJ \
	    --category 03 --subject "$subject" --text "$subject，区里未解决。" \
	    --json "$@"
}

# of ITEM KEY: of the escalation that this arrival is.
of() {
	value 'next((e["'"$2"'"] for e in d if e["item"] == "'"$1"'"), "none")' \
	    at city escalations --json
}

of_is() {
	[ "$(of "$1" "$2")" = "$3" ]
}

# found ITEM LOWER LAWFUL KNEW
found() {
	wait_until 10 "an escalation of $1" of_is "$1" item "$1"
	expect "lower state" "$(of "$1" lower_state)" "$2"
	expect "lawfulness" "$(of "$1" lawfulness)" "$3"
	expect "knew before" "$(of "$1" knew_before)" "$4"
}

is_here() {
	[ "$(count "$1" --item "$2")" = 1 ]
}

here() {
	wait_until 10 "$2 is at $1" is_here "$1" "$2"
}

# moved ITEM STATE: the city has it.
moved() {
	wait_until 10 "the city sees $2" state_is "$1" "$2"
}

state_is() {
	[ "$(value 'd["state"]' at city show "$1" --json)" = "$2" ]
}

make_hub province 990000 000000
make_hub city 990100 990000
make_district donghu 990101 990100
start province
join province city
start city
join city donghu
start donghu

# -- NOP: never heard of it; then UNR: told, and still not registered -----------
first=$(up 甲小区电梯停运 --responsible 990101 --person-phone 13800000001)
found "$first" NOP UP1 false
told() {
	[ "$(of "$first" noticed_at)" != null ]
}
wait_until 10 "the district has the notice" told
sleep 0.1
second=$(up 甲小区电梯仍然停运 --responsible 990101 \
    --earlier-item "$first" --person-phone 13800000001)
found "$second" UNR UP1 false

# -- TRM: in hand, in time -----------------------------------------------------------
below=$(letter donghu 乙街道路面塌陷)
here city "$below"
found "$(up 乙街道路面塌陷 --earlier-item "$below")" TRM UP1 true

# -- OVD: a limit was missed --------------------------------------------------------------
below=$(letter donghu 丙厂拖欠工资 --claimed-at "$(days_ago 40)")
here city "$below"
found "$(up 丙厂拖欠工资 --earlier-item "$below")" OVD UP1 true

# -- RPD: answered, and disputed -----------------------------------------------------------
below=$(letter donghu 丁村土地补偿款未到账)
does at donghu act "$below" reply --opinion EXP --text 补偿款已于上月发放。
moved "$below" RPL
found "$(up 丁村土地补偿款未到账 --earlier-item "$below")" RPD UP1 true

# -- RVD: reviewed by the city, and disputed --------------------------------------------------
below=$(letter donghu 戊路违章建筑无人管)
does at donghu act "$below" reply --opinion DEN --text 该建筑有合法手续。
does at donghu act "$below" review
moved "$below" RVW
does at city act "$below" reviewed --opinion DEN --text 维持原处理意见。
found "$(up 戊路违章建筑无人管 --earlier-item "$below")" RVD UP1 true

# -- FIN: finally closed by the province ---------------------------------------------------------
below=$(letter donghu 己桥施工扰民)
does at donghu act "$below" reply --opinion DEN --text 施工时间符合规定。
does at donghu act "$below" review
moved "$below" RVW
does at city act "$below" reviewed --opinion DEN --text 维持。
moved "$below" RVD
does at city act "$below" final
province_sees() {
	[ "$(value 'd["state"]' at province show "$below" --json)" = CHK ]
}
wait_until 10 "the province is asked" province_sees
does at province act "$below" finished --opinion DEN --text 复核维持。
moved "$below" FIN
found "$(up 己桥施工扰民 --earlier-item "$below")" FIN UP1 true

# -- DEC: not accepted -----------------------------------------------------------------------------
below=$(letter donghu 庚公司合同纠纷)
does at donghu act "$below" decline --text 属于诉讼途径。
moved "$below" DEC
found "$(up 庚公司合同纠纷 --earlier-item "$below")" DEC UP1 true

# -- lawfulness: SKP, NA, OWN -----------------------------------------------------------------------
below=$(letter donghu 辛园污水横流)
here city "$below"
found "$(up 辛园污水横流 --earlier-item "$below" --level P)" TRM SKP true
found "$(value 'd["item"]' at city register --channel LX --purpose QJ \
    --subject 辛园污水 --text 辛园污水横流 --earlier-item "$below" --json)" \
    TRM NA true
found "$(up 辛园污水归市里管 --earlier-item "$below" --responsible 990100)" \
    TRM OWN true

# -- an offline district had registered after all ----------------------------------------------------
stop donghu
below=$(letter donghu 壬巷路灯全部熄灭 --person-phone 13800000009)
above=$(up 壬巷路灯全部熄灭 --responsible 990101 --person-phone 13800000009)
found "$above" NOP UP1 false
start donghu
wait_until 15 "restated" of_is "$above" lower_state TRM
expect "it is said to be" "$(of "$above" restated)" true
expect "it knew" "$(of "$above" knew_before)" true
expect "both versions are kept" "$(value '[(v["revision"], v["lower_state"])
    for e in d if e["item"] == "'"$above"'" for v in e["versions"]]' \
    at city escalations --json)" '[[1, "NOP"], [2, "TRM"]]'
finish
