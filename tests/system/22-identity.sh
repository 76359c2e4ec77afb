#!/bin/sh
# Goal: a petitioner's identity opens where it was taken, for a reason, with a
# second person's approval; each step and each look climbs to the city and is
# on record before anything is shown; the identity itself is in no file, no
# log and no other office.
test_seconds=120
. "$(dirname "$0")/lib.sh"
. "$here/people.sh"
make_pair
start donghu
add_users donghu admin:administrator wang:clerk zhao:clerk li:supervisor
does as wang donghu register --channel LF --subject 住房 --person-name 欧阳某某 \
    --person-document 11010519491231002X --person-phone 13800138000 \
    --person-address 东湖路九号
item=$(sed -n 's/^Recorded: \([^ ]*\) .*/\1/p' out)

# -- one after the other ---------------------------------------------------
refused_in_both 1 'identity request' 'identity request' \
    as wang donghu identity show "$item"
refused_in_both 1 'with --reason' '请用 --reason' \
    as wang donghu identity request "$item"
does as wang donghu identity request "$item" --reason '核对电话 13800138000'
refused_in_both 1 'still waits' '尚待' as wang donghu identity show "$item"
refused 1 'may not do this' as zhao donghu identity approve "$item" \
    --requester wang
refused 1 'no request' as li donghu identity approve "$item" --requester zhao
does as li donghu identity approve "$item" --requester wang
does as wang donghu identity show "$item"
for part in 欧阳某某 11010519491231002X 13800138000 东湖路九号; do
	grep -q "$part" out || die "$part is not shown: $(cat out)"
done
does as wang donghu identity show "$item" --json
expect "as a document, too" "$(json 'd["identities"][0]["name"]')" 欧阳某某
refused 1 'identity request' as zhao donghu identity show "$item"

# -- who looked is known above ---------------------------------------------
has_steps() {
	[ "$(value 'len(d)' at "$1" identity list --json)" = "$2" ]
}
wait_until 10 "the city knows of each look" has_steps city 4
does at city identity list "$item" --json
expect "and of who" "$(json '" ".join(s["step"] + ":" + s["user"] for s in d)')" \
    'REQUEST:wang APPROVE:li SHOW:wang SHOW:wang'
does at city show "$item" --json
expect "with the item" "$(json 'len(d["identity_steps"])')" 4
! grep -q 13800138000 out || die 'a number in the reason is not masked'

# -- nobody else can -------------------------------------------------------
refused_in_both 1 'user add' 'user add' at city identity show "$item"
add_users city chief:administrator ma:head
refused_in_both 1 'taken by office 990101' '由机构 990101 登记' \
    as ma city identity request "$item" --reason 上级要看

# -- on record before it is shown ------------------------------------------
stop donghu
status=0
PETITION_TEST_CRASH_AFTER_TURNS=1 timeout 30 "$bin/district-node" -C donghu \
    identity show "$item" --as wang --password-file wang.pw >out 2>err ||
    status=$?
expect "the power goes between the record and the reply" "$status" 137
[ ! -s out ] || die "shown before it was recorded: $(cat out)"
expect "the look is on record all the same" \
    "$(value 'len(d)' at donghu identity list --json)" 5

# -- in no file ------------------------------------------------------------
does as wang donghu identity show "$item"
mv out shown
stop city
for part in 欧阳某某 11010519491231002X 13800138000 东湖路九号; do
	! grep -r -l -a -e "$part" city donghu ./*.log ||
	    die "$part is in a file"
done

# -- the register is made again from the records ---------------------------
register_of donghu >before
does at donghu rebuild
register_of donghu >after
cmp before after || die 'the rebuilt register differs'
finish
