#!/bin/sh
# Goal: a district that is revoked is cut off within a second, in the middle
# of its session; what it sent stays, it says why, and its own work goes on.
# Invited again it comes back, without a double and without a loss.
. "$(dirname "$0")/lib.sh"

now_ms() {
	date +%s%3N
}

is_cut() {
	[ "$(link_state donghu)" != streaming ]
}

error_of() {
	value 'd["links"][0]["last_error"]' at donghu status --json
}

says_why() {
	error_of | grep -q -E "$1"
}

make_pair
make_district xihu 990102 990100
join city xihu
start donghu
start xihu
for i in 1 2 3; do
	register donghu "before $i" >/dev/null
done
register xihu "the other" >/dev/null
wait_until 10 "all is at the city" counts city 4

refused_in_both 1 'not one of ours' 不是本机构的下级 at city revoke 990199

# -- cut ---------------------------------------------------------------------
began=$(now_ms)
does at city revoke 990101 --reason 'The keys were lost.'
wait_until 5 "the district is cut off" is_cut
took=$(($(now_ms) - began))
[ $took -le 1000 ] || die "cut off after $took ms, 1000 were allowed"
echo "ok: within a second ($took ms, with the commands)"
refused_in_both 1 'revoked already' 早已撤销 at city revoke 990101
wait_until 5 "it says why" says_why 'cut (us )?off|cut off'
expect "the hub shows it as revoked" "$(value \
    '{x["office"]: (x["state"], x["revoked"]) for x in d}["990101"]' \
    at city districts --json)" '["revoked", true]'
expect "its records stay" "$(count city --office 990101)" 3

# -- alone ----------------------------------------------------------------------
for i in 4 5 6; do
	register donghu "alone $i" >/dev/null
done
expect "its own register works" "$(count donghu)" 6
expect "what is unsent is seen" "$(value 'd["links"][0]["unsent_records"]' \
    at donghu status --json)" 3
register xihu "the other goes on" >/dev/null
wait_until 10 "another district goes on" counts city 5
sleep 1 # for what should not come
expect "nothing more of it came" "$(count city --office 990101)" 3
stop donghu
start donghu
wait_until 5 "it says why after a restart" says_why 'refuses our key|cut off'
refused_in_both 1 'has not joined|one of ours' '不是|没有' \
    at city directive issue --to 990101 --kind JB --text 'to nobody'
stop donghu

# -- back -----------------------------------------------------------------------
join city donghu
start donghu
wait_until 10 "it is back with all" counts city 8
same_petitions city donghu
holds_all city donghu || die "the streams differ"
expect "the hub shows it as before" "$(value \
    '{x["office"]: (x["state"], x["revoked"]) for x in d}["990101"]' \
    at city districts --json)" '["streaming", false]'
expect "no error is left" "$(error_of)" ''
finish
