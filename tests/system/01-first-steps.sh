#!/bin/sh
# Goal: what the README shows works word for word: make two offices, invite,
# join, run, register by flags, from a file and from standard input, print a
# slip, and see the same at both ends; status and districts carry what scripts
# rely on.
. "$(dirname "$0")/lib.sh"

# -- two offices -----------------------------------------------------------
port=$(free_port)
does at city init --office 990100 --parent 990000 --name 江州市信访局 \
    --listen "tcp://127.0.0.1:$port"
grep -q 990100 out || die "init says: $(cat out)"
does at donghu init --office 990101 --parent 990100 --name 东湖区信访局
expect "a new folder is for its owner alone" "$(stat -c %a donghu)" 700
expect "and so are the keys" \
    "$(find donghu/keys -type f ! -perm 600 | wc -l)" 0

refused 1 'holds an office already' at city init --office 990100 \
    --parent 990000 --name again
refused 2 'parent' at other init --office 990199 --name 'no parent named'
refused 2 'not one' at other init --office 99 --parent 990100 --name short
refused 2 'name' at other init --office 990199 --parent 990100 --name 'a;b'
refused 2 'address' at other init --office 990199 --parent 990100 \
    --name other --listen 127.0.0.1
refused 78 'no office' at nowhere status

# -- recording before there is anybody above --------------------------------
first=$(register donghu '还没有上级时登记')
expect "an office records before it has joined" "$(count donghu)" 1

# -- invite, join, run ------------------------------------------------------
refused 75 'cannot be reached|no answer|daemon' sh -c "
	'$bin/city-hub' -C city invite 990101 >early.txt &&
	'$bin/district-node' -C donghu join early.txt"
start city
does at city invite 990101 --output donghu.txt
expect "an invitation is for its owner alone" "$(stat -c %a donghu.txt)" 600
refused 1 'there already' at city invite 990101 --output donghu.txt
does at city invite 990101
cp out donghu.txt
does at donghu join donghu.txt
grep -q 江州市信访局 out || die "join says: $(cat out)"
start donghu
wait_until 10 "the district is connected" link_is donghu streaming

# -- register ---------------------------------------------------------------
does at donghu register --channel LF --purpose QJ --category 03 \
    --subject 小区门口路灯不亮 \
    --text '三个月没有修，身份证 11010519491231002X，电话 13800138000' \
    --person-name 张三 --person-document 11010519491231002X --slip
grep -q -E '查询码 +[0-9A-Z]{4}(-[0-9A-Z]{4}){3}' out ||
    die "no query code on the slip: $(cat out)"
grep -q 东湖区信访局 out || die "no office on the slip: $(cat out)"
second=$(sed -n 's/^Recorded: \([^ ]*\) .*/\1/p' out)
grep -q "信访编号 *$second" out || die "no number on the slip: $(cat out)"
does at donghu register --channel LD --subject 写到文件 --slip slip.txt
grep -q 写到文件 slip.txt || die "the slip's file: $(cat slip.txt)"
expect "a slip is for its owner alone" "$(stat -c %a slip.txt)" 600
third=$(sed -n 's/^Recorded: \([^ ]*\) .*/\1/p' out)

cat >two.json <<'JSON'
[{"channel": "LX", "purpose": "JY", "subject": "第一件",
  "text": "两行\n文字", "heads": 3, "claimed_at": "2026-01-05T09:30:00+08:00"},
 {"channel": "WX", "subject": "第二件", "source": "letters",
  "source_ref": "A-1", "place": "湖滨路"}]
JSON
does at donghu register --file two.json --json
expect "two from a file" "$(json '[x["outcome"] for x in d]')" \
    '["recorded", "recorded"]'
does at donghu register --file two.json --json
expect "what has a source is recorded once" \
    "$(json '[x["outcome"] for x in d]')" '["recorded", "already"]'
does sh -c "echo '{\"channel\": \"CZ\", \"text\": \"传真\"}' |
    '$bin/district-node' -C donghu register --file - --no-query-code"
! grep -q 'query code' out || die "a query code all the same: $(cat out)"

# -- the same at both ends --------------------------------------------------
wait_until 10 "everything is at the city" counts city 7
same_petitions city donghu
holds_all city donghu || die "the streams differ"
for item in "$first" "$second" "$third"; do
	for office in city donghu; do
		does at "$office" show "$item" --json
		expect "$office shows $item" "$(json 'd["item"]')" "$item"
	done
done
does at city show "$second"
! grep -r -q -F 11010519491231002X out || die "a number of a person: $(cat out)"
expect "the identity is sealed" \
    "$(value 'd["has_identity"]' at city show "$second" --json)" true
for secret in 张三 11010519491231002X 13800138000; do
	for office in city donghu; do
		! grep -q -a -F "$secret" "$office"/*.db ||
		    die "$secret stands in a database of $office"
	done
done
make_district xihu 990102 990100
refused 1 'no item' at city show "$(register xihu 还没有加入)"
expect "typed in small letters and with blanks" "$(value 'd["item"]' \
    at donghu show "$(echo "$first" | tr 'A-Z-' 'a-z ')" --json)" "$first"
expect "held by the parent" \
    "$(value 'd["held_by_parent"]' at donghu show "$first" --json)" true

# -- filters ----------------------------------------------------------------
expect "by channel" "$(count city --channel LX)" 2
expect "by a channel's name" "$(count city --channel 来信)" 2
expect "by category" "$(count city --category 03)" 2
expect "by state" "$(count city --state REG)" 7
expect "by office" "$(count city --office 990101)" 7
expect "by another office" "$(count city --office 990102)" 0
expect "by source" "$(count city --source letters)" 1
expect "by number" "$(count city --item "$first")" 1
expect "since tomorrow" \
    "$(count city --since "$(date -d tomorrow +%F)")" 0
expect "until today" "$(count city --until "$(date +%F)")" 7
expect "at most two" "$(value 'len(d)' at city petitions --json --limit 2)" 2

# -- at the city's own counter ----------------------------------------------
own=$(register city '市里登记')
expect "the city records with the same code" \
    "$(value 'd["office"]' at city show "$own" --json)" 990100

# -- what scripts rely on ---------------------------------------------------
link_keys='{"state", "unsent_records", "unsent_bytes", "oldest_unsent_age_s",
    "last_ack_at", "last_error"}'
expect "status carries every key of a link" "$(value \
    "sorted($link_keys - set(d['links'][0]))" at donghu status --json)" '[]'
expect "so does the hub's" "$(value \
    "sorted($link_keys - set(d['links'][0]))" at city status --json)" '[]'
expect "so does districts" "$(value \
    "sorted($link_keys - set(d[0]))" at city districts --json)" '[]'
expect "the district's name and code" "$(value \
    '[d[0]["office"], d[0]["name"], d[0]["revoked"]]' \
    at city districts --json)" '["990101", "东湖区信访局", false]'
expect "status names both ends" "$(value 'd["links"][0]["name"]' \
    at city status --json) $(value 'd["links"][0]["name"]' \
    at donghu status --json)" "东湖区信访局 江州市信访局"
expect "nothing is unsent" "$(value \
    '[d["links"][0][k] for k in ("unsent_records", "unsent_bytes",
	"oldest_unsent_age_s", "last_error")]' at donghu status --json)" \
    '[0, 0, null, ""]'
expect "times are RFC 3339 with a zone" "$(value \
    '__import__("datetime").datetime.fromisoformat(
	d["links"][0]["last_ack_at"]).tzinfo is not None' \
    at donghu status --json)" true
for office in city donghu; do
	does at "$office" status
	does at "$office" status --language zh
	grep -q 已连接 out || die "$office in Chinese: $(cat out)"
done
does at city districts --language zh
grep -q 东湖区信访局 out || die "districts in Chinese: $(cat out)"

# -- every command explains itself in both languages ------------------------
for office in city donghu; do
	for language in zh en; do
		does at "$office" --language $language --help
		sed -n 's/^  \([a-z]*\( [a-z]*\)\{0,1\}\)  .*/\1/p' out >commands
		[ "$(wc -l <commands)" -ge 14 ] || die "help: $(cat out)"
		while read -r words; do
			# shellcheck disable=SC2086 # one word or two
			does at "$office" $words --help --language $language
		done <commands
	done
done
finish
