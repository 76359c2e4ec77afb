#!/bin/sh
# Goal: an invitation works once, for one office, at one hub, for some days.
# Whatever else is done with it is refused with one clear sentence where the
# person sits, in both languages, and leaves both offices as they were.
. "$(dirname "$0")/lib.sh"

# edited FILE KEY VALUE: the invitation with another value and a check that
# fits, as somebody who means harm would write it.
edited() {
	"$python" - "$@" <<'PYTHON'
import hashlib, sys
name, key, value = sys.argv[1:]
kept = []
for line in open(name, encoding="utf-8"):
    line = line.strip()
    if not line or line.startswith(("#", "check =")):
        continue
    if line.startswith(key + " ="):
        line = f"{key} = {value}"
    kept.append(line + "\n")
text = "".join(kept)
check = hashlib.blake2b(text.encode(), digest_size=32).hexdigest()[:8]
print(text + f"check = {check}")
PYTHON
}

field() {
	sed -n "s/^$2 = //p" "$1"
}

joined() {
	value 'd["joined"]' at "$1" status --json
}

# not_joined NAME ENGLISH CHINESE FILE: refused, and nothing has changed.
not_joined() {
	refused_in_both 1 "$2" "$3" at "$1" join "$4"
	expect "$1: $2" "$(joined "$1")" false
}

port=$(free_port)
make_hub city 990100 990000 "$port"
make_hub city_b 990200 990000
make_district donghu 990101 990100
make_district xihu 990102 990100
start city
start city_b

# -- files that are none ------------------------------------------------------
does at city invite 990101 --output old.txt
does at city invite 990101 --output good.txt
head -n 10 good.txt >cut.txt
sed 's/^office = 990101/office = 990102/' good.txt >changed.txt
echo hello >garbage.txt
head -c 4000 /dev/urandom >noise.txt
: >empty.txt
head -c 20000 /dev/zero >huge.txt
not_joined donghu 'cut or changed' 不完整或被改动 cut.txt
not_joined xihu 'cut or changed' 不完整或被改动 changed.txt
for file in garbage noise empty huge; do
	not_joined donghu 'not an invitation' 不是邀请书 $file.txt
done
not_joined donghu 'cannot be read' 无法读取 not-there.txt
edited good.txt petition-relay-invitation 2 >newer.txt
not_joined donghu 'newer version' 更新版本 newer.txt
edited good.txt address nonsense >nonsense.txt
run at donghu join nonsense.txt
[ $status -eq 1 ] || [ $status -eq 78 ] ||
    die "an address that is none: $status, $(cat err)"

# -- not ours, not theirs -----------------------------------------------------
does at city invite 990102 --output xihu.txt
not_joined donghu 'another office' 发给机构 xihu.txt
edited xihu.txt office 990101 >stolen.txt
not_joined donghu 'another office' 发给机构 stolen.txt
edited good.txt parent-key "$(printf %064d 0)" >no-key.txt
not_joined donghu 'parent-key' 'parent-key' no-key.txt
does at city_b invite 990101 --output other-hub.txt
edited good.txt parent-key "$(field other-hub.txt parent-key)" >wrong-key.txt
not_joined donghu 'does not hold the key' 不持有 wrong-key.txt
edited other-hub.txt address "tcp://127.0.0.1:$port" >foreign.txt
not_joined donghu 'does not hold the key' 不持有 foreign.txt
edited foreign.txt parent-key "$(field good.txt parent-key)" >foreign-2.txt
not_joined donghu 'does not know this invitation' 不认识 foreign-2.txt
not_joined donghu 'replaced' 取代 old.txt

# -- nobody there --------------------------------------------------------------
stop city
refused_in_both 75 'cannot be reached' 无法连接 at donghu join good.txt
edited good.txt address "tcp://127.0.0.1:$(free_port)" >nobody.txt
start city
refused_in_both 75 'cannot be reached' 无法连接 at donghu join nobody.txt
expect "not joined while nobody answers" "$(joined donghu)" false

# -- too late, by our own clock ------------------------------------------------
PETITION_TEST_CLOCK_SHIFT_S=$((8 * 86400))
export PETITION_TEST_CLOCK_SHIFT_S
not_joined donghu 'expired at' 过期 good.txt
unset PETITION_TEST_CLOCK_SHIFT_S

# -- good, again, and by somebody else -----------------------------------------
does at donghu join good.txt
expect "joined" "$(joined donghu)" true
does at donghu join good.txt
echo "ok: the same office with the same key again: the answer may be lost"
make_district twin 990101 990100
not_joined twin 'used already' 已被使用 good.txt
does at city invite 990101 --output again.txt
does at donghu join again.txt
echo "ok: joined again with a new invitation"
refused_in_both 1 'joined 990100 already' '已加入上级 990100' \
    at donghu join other-hub.txt
start donghu
refused_in_both 75 'stop it' 先停止 at donghu join again.txt
wait_until 10 "the district is connected" link_is donghu streaming
stop donghu

# -- a copied directory ----------------------------------------------------------
cp -r donghu copy
sed -i 's/^office *=.*/office = 990102/' copy/office.ini
rm -f copy/conf.d/50-parent.conf
not_joined copy 'knows our key' 密钥登记在另一个 xihu.txt
does at xihu join xihu.txt
expect "two districts, each once" \
    "$(value 'sorted(x["office"] for x in d)' at city districts --json)" \
    '["990101", "990102"]'

# -- too late, by the hub's clock --------------------------------------------------
make_district nanhu 990103 990100
does at city invite 990103 --days 1 --output late.txt
stop city
PETITION_TEST_CLOCK_SHIFT_S=$((2 * 86400))
export PETITION_TEST_CLOCK_SHIFT_S
start city
unset PETITION_TEST_CLOCK_SHIFT_S
not_joined nanhu 'expired or was replaced' 已过期 late.txt

# -- at the hub ----------------------------------------------------------------------
refused_in_both 1 'not below' 不在 at city invite 990100
refused_in_both 1 'not one' 不正确 at city invite 99
refused_in_both 2 'whole number' 整数 at city invite 990103 --days 0
refused_in_both 2 'whole number' 整数 at city invite 990103 --days 91
refused 2 'Missing behind the command' at city invite
make_hub city_c 990300 990000
sed -i 's|^listen *=.*|listen = tcp://0.0.0.0:7420|' city_c/office.ini
refused_in_both 78 '--address' 可供下级连接的地址 at city_c invite 990301
does at city_c invite 990301 --address tcp://127.0.0.1:7420
grep -q '^address = tcp://127.0.0.1:7420$' out || die "address: $(cat out)"
finish
