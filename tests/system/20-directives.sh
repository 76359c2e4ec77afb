#!/bin/sh
# Goal: a directive goes its whole way.  Drafts wait until they are sent; more
# time is asked for, refused and granted; an answer says whether it is true,
# what was done and with which files, and the files arrive whole at the city,
# also when the district is killed between two parts; answers are returned,
# directives replaced, cancelled, let lapse; suggestions and circulars go the
# same way; an office that was reported is told nothing.
test_seconds=150
. "$(dirname "$0")/lib.sh"
export TZ=Asia/Shanghai # the days of the rules

day() {
	date -d "$1 days" +%F
}

# issue [OPTION...]: at the city; prints the number.
issue() {
	value 'd["id"]' at city directive issue --json "$@"
}

# of NAME ID EXPRESSION: of the first document x.
of() {
	value "(lambda x: $3)(d[0])" at "$1" directives --id "$2" --json
}

stands() {
	[ "$(value 'd[0]["status"] if d else ""' \
	    at "$1" directives --id "$2" --json)" = "$3" ]
}

# shows STATUS ID NAME...: each of them comes to show it.
shows() {
	wanted=$1
	of_id=$2
	shift 2
	for name in "$@"; do
		wait_until 10 "$name shows $wanted" \
		    stands "$name" "$of_id" "$wanted"
	done
}

make_pair
make_district xihu 990102 990100
join city xihu
start donghu
start xihu
item=$(register donghu 路灯不亮)
wait_until 10 "the city has it" counts city 1

# -- a draft ------------------------------------------------------------------
id=$(issue --to 990101 --kind DB --item "$item" --ground G1 \
    --due "$(day 10)" --draft)
expect "a draft" "$(of city "$id" 'x["status"]')" DRF
refused_in_both 1 "'draft'.*cannot become" '“草稿”，不能改为' \
    at city directive close "$id"
does at city directive issue --to 990101 --kind CB --text 'sent after it' \
    --json
later=$(json 'd["id"]')
shows DLV "$later" donghu
expect "a draft stays here" \
    "$(value 'len(d)' at donghu directives --json)" 1
does at city directive send "$id"
shows DLV "$id" donghu city
refused_in_both 1 'not a draft' '不是草稿' at city directive send "$id"
expect "a template has its words" "$(of city "$id" \
    '[x["item"] in x["text"], "past the limit" in x["text"]
	or "逾期" in x["text"]]')" '[true, true]'
expect "history begins with the sending" "$(of donghu "$id" \
    '[(h["status"], h["by"].split()[0]) for h in x["history"]]')" \
    '[["SNT", "990100"], ["DLV", "990101"]]'

# -- more time ----------------------------------------------------------------
does at donghu directive sign "$id"
refused_in_both 1 '--due' '--due' at donghu directive extend "$id" --text 人手
refused_in_both 1 'not later' '不晚于' at donghu directive extend "$id" \
    --due "$(day 9)" --text 人手不足
does at donghu directive extend "$id" --due "$(day 20)" --text 人手不足
shows EXQ "$id" city donghu
refused_in_both 1 'cannot become' '不能改为' at donghu directive extend "$id" \
    --due "$(day 30)" --text 再申请
expect "what was asked" "$(of city "$id" 'x["asked_due"][:10]')" "$(day 20)"
does at city directive refuse "$id" --text 期限已经很宽
shows WRK "$id" city donghu
expect "the date is as before" "$(of city "$id" 'x["due"][:10]')" "$(day 10)"
refused_in_both 1 'cannot become' '不能改为' at city directive grant "$id"
does at donghu directive extend "$id" --due "$(day 15)" --text 等材料
shows EXQ "$id" city
does at city directive grant "$id"
shows WRK "$id" city donghu
expect "the date asked for" "$(of donghu "$id" 'x["due"][:10]')" "$(day 15)"

# -- an answer with files, cut off between two parts -----------------------------
head -c 1900000 /dev/urandom >photo.jpg # 39 parts
echo 维修记录 >'log, of repairs.txt'
hash=$(sha256sum photo.jpg | cut -d ' ' -f 1)
refused_in_both 1 '--text' '--text' at donghu directive answer "$id"

# cut_off PID...: kill them as soon as the district holds three parts.
cut_off() {
	"$python" - donghu/register.db "$@" <<'PYTHON'
import os, signal, sqlite3, sys, time
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
end = time.monotonic() + 10
while time.monotonic() < end:
    if db.execute("SELECT count(*) FROM attachment").fetchone()[0] >= 3:
        for pid in sys.argv[2:]:
            os.kill(int(pid), signal.SIGKILL)
        sys.exit(0)
    time.sleep(0.001)
sys.exit("three parts never came")
PYTHON
}
"$bin/district-node" -C donghu directive answer "$id" --true part \
    --done 已更换两盏 --attach photo.jpg >/dev/null 2>&1 &
asking=$!
cut_off "$(pid_of donghu)" $asking
wait $asking 2>/dev/null || true
wait "$(pid_of donghu)" 2>/dev/null || true
forget donghu
echo "ok: command and daemon were killed between two parts"
start donghu
expect "no answer without its files" "$(of donghu "$id" 'x["status"]')" WRK
does at donghu directive answer "$id" --true part --done 已更换两盏 \
    --report 办结报告全文 --attach photo.jpg --attach 'log, of repairs.txt'
shows ANS "$id" city donghu
for name in city donghu; do
	expect "the answer at $name" "$(of $name "$id" \
	    '[x["verdict"], x["done"], x["report"],
		[(a["name"], a["size"]) for a in x["attachments"]]]')" \
	    '["PART", "已更换两盏", "办结报告全文", [["photo.jpg", 1900000], ["log, of repairs.txt", 13]]]'
	rm -f got.jpg
	does at $name attachment "$hash" --out got.jpg
	cmp photo.jpg got.jpg || die "another file came to $name"
done
refused_in_both 1 'cannot be written' '不能写入' \
    at city attachment "$hash" --out got.jpg
expect "each part once" "$("$python" - city/register.db <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(db.execute("SELECT count(*), count(DISTINCT hex(hash) || part)"
                 " FROM attachment").fetchone())
PYTHON
)" '(40, 40)'
refused_in_both 1 'larger than 2 MiB' '超过 2 MiB' at donghu directive answer \
    "$later" --text a --attach "$(head -c 19000000 /dev/zero >big.bin &&
	echo big.bin)"

# -- returned, answered, closed ---------------------------------------------------
refused_in_both 1 '--due' '--due' at city directive return "$id" --text 再查
does at city directive return "$id" --text 再查一遍 --due "$(day 25)"
shows RTN "$id" city donghu
does at donghu directive answer "$id" --true no --text 全部修好 \
    --attach photo.jpg
shows ANS "$id" city
does at city directive close "$id"
shows CLS "$id" city donghu
expect "the whole history" "$(of donghu "$id" \
    '" ".join(h["status"] for h in x["history"])')" \
    'SNT DLV SGN EXQ EXR EXQ EXG ANS RTN ANS CLS'
expect "the same at the city" "$(of city "$id" \
    '[(h["status"], h["by"], h["at"]) for h in x["history"]]')" \
    "$(of donghu "$id" \
	'[(h["status"], h["by"], h["at"]) for h in x["history"]]')"
refused_in_both 1 'cannot become' '不能改为' at city directive cancel "$id" \
    --text 太晚

# -- replaced, cancelled, lapsed --------------------------------------------------------
new=$(issue --to 990101 --kind DB --supersedes "$later" --text 改为督办)
shows SPD "$later" city donghu
expect "by which one" "$(of donghu "$later" 'x["superseded_by"]')" "$new"
refused_in_both 1 'Nothing of directive' '没有可替代之处' \
    at city directive issue --to 990102 --kind DB --supersedes "$new"
third=$(issue --to all --kind GP --text 挂牌)
does at city directive supersede "$new" --by "$third"
shows SPD "$new" city donghu
refused_in_both 1 '--text' '--text' at city directive cancel "$third"
does at city directive cancel "$third" --office 990102 --text 与其无关
wait_until 10 "cancelled for one" stands xihu "$third" CXL
does at city directive expire "$third"
shows LPS "$third" donghu

# -- circular, assignment, suggestion ------------------------------------------------------
refused_in_both 1 'JB' 'JB' at city directive issue --to 990101 --kind JB \
    --text 请办
circular=$(issue --to all --kind TB --text 通报)
wait_until 10 "a circular for all" stands xihu "$circular" DLV
shows DLV "$circular" donghu
refused_in_both 1 '--office' '--office' at city directive close "$circular"
wait_until 10 "the city knows" stands city "$circular" DLV
does at city directive close "$circular" --office 990101
shows CLS "$circular" donghu
advice=$(value 'd["id"]' at city suggest IMP --to 990101 --item "$item" --json)
shows DLV "$advice" donghu city
expect "thirty days" "$(of donghu "$advice" '[x["kind"], x["due"][:10]]')" \
    "[\"IMP\", \"$(day 30)\"]"
does at donghu directive sign "$advice"
refused_in_both 1 '--answer' '--answer' at donghu directive answer "$advice" \
    --text 采纳
does at donghu directive answer "$advice" --answer part --text 采纳其一
shows ANS "$advice" city
expect "adopted in part" "$(of city "$advice" 'x["verdict"]')" PART
does at city directive close "$advice"

# -- who was reported is told nothing ---------------------------------------------------------
reported=$(value 'd["item"]' at city register --channel LX --purpose JK \
    --category 16 --subject 举报 --accused 990101 --json)
refused_in_both 1 'was reported' '被检举控告' at city directive issue \
    --to 990101 --kind DB --item "$reported"
rest=$(issue --to all --kind TB --item "$reported")
expect "all but them" "$(value '[x["to"] for x in d]' \
    at city directives --id "$rest" --json)" '["990102"]'

# -- lists -----------------------------------------------------------------------------------------
expect "open ones" "$(value 'sorted({x["kind"] for x in d})' \
    at city directives --open --json)" '["TB"]'
expect "by kind and office" "$(value '[x["id"] for x in d]' \
    at city directives --kind IMP --to 990101 --json)" "[\"$advice\"]"
expect "by item" "$(value '[x["id"] for x in d]' \
    at city directives --item "$item" --json)" "[\"$advice\", \"$id\"]"
expect "by status" "$(value '[x["id"] for x in d]' \
    at city directives --status LPS --json)" "[\"$third\"]"
expect "only so many" "$(value 'len(d)' at city directives --limit 2 --json)" 2
due=$(issue --to 990101 --kind CB --text 明日 --due "$(day 1)")
shows DLV "$due" donghu city
PETITION_TEST_CLOCK_SHIFT_S=$((3 * 86400))
export PETITION_TEST_CLOCK_SHIFT_S
expect "overdue ones" "$(value '[x["id"] for x in d]' \
    at city directives --overdue --json)" "[\"$due\"]"
unset PETITION_TEST_CLOCK_SHIFT_S
does at city directives --id "$id" --language en
grep -q 'photo.jpg  1900000' out || die "the whole of one: $(cat out)"

# -- the register can be thrown away -----------------------------------------------------------
stop city
register_of city >before
does at city rebuild
register_of city >after
cmp before after || die "the rebuilt register differs"
finish
