#!/bin/sh
# Goal: an office whose clock stands a day before its own last record refuses
# to record and says how to go on; looking is allowed; --accept-clock, or a
# clock that is right again, lets it work.  A few minutes are no reason.
. "$(dirname "$0")/lib.sh"

# shift_clock SECONDS: of all that is started from here on.
shift_clock() {
	PETITION_TEST_CLOCK_SHIFT_S=$1
	export PETITION_TEST_CLOCK_SHIFT_S
}

clock_is_right() {
	unset PETITION_TEST_CLOCK_SHIFT_S
}

make_pair
first=$(register donghu "the clock is right")

# -- a day back --------------------------------------------------------------
shift_clock -86400
sentence_en='Set the clock right.*--accept-clock'
sentence_zh='先校准时钟.*--accept-clock'
refused_in_both 78 "$sentence_en" "$sentence_zh" \
    at donghu register --channel LF --subject 'yesterday'
refused_in_both 78 "$sentence_en" "$sentence_zh" at donghu status
refused 78 "$sentence_en" at donghu run
cat >map.ini <<'MAP'
[import]
source = table
[fields]
channel = LX
text = {text}
source_ref = {no}
MAP
printf 'no,text\n1,one\n2,two\n' >table.csv
run at donghu import table.csv --map map.ini
expect "an import is refused" "$status" 78
run at donghu petitions --json
expect "looking is allowed" "$status" 0
expect "and shows what there is" "$(json '[x["item"] for x in d]')" \
    "[\"$first\"]"

# -- a few minutes back, and right again -----------------------------------------
shift_clock -300
register donghu "five minutes back" >/dev/null
clock_is_right
register donghu "right again" >/dev/null

# -- accepted ----------------------------------------------------------------------
shift_clock -86400
does at donghu register --channel LF --subject 'accepted' --accept-clock
does at donghu register --channel LF --subject 'and from now on'
start donghu
wait_until 10 "all is at the city" counts city 5
same_petitions city donghu
stop donghu

# -- right again, and then back again --------------------------------------------------
clock_is_right
register donghu "today again" >/dev/null
shift_clock -86400
refused 78 "$sentence_en" at donghu run
launch donghu
ends donghu 78
start donghu --accept-clock
wait_until 10 "all is at the city" counts city 6
stop donghu
same_petitions city donghu
holds_all city donghu || die "the streams differ"

# -- a hub --------------------------------------------------------------------------------
clock_is_right
register city "at the city" >/dev/null
stop city
shift_clock -86400
launch city
ends city 78
tail -n 1 city.log | grep -q -e --accept-clock || die "$(tail -n 1 city.log)"
clock_is_right
start city
finish
