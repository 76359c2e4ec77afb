#!/bin/sh
# Goal: wrong input at every option of register, import, directive,
# petitions, show and settle is refused with one sentence and the right
# status, in both languages, and records nothing, neither beside a daemon nor
# without one.
test_seconds=180
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
printf 'no,text\n1,one\n' >good.csv
cat >good.ini <<'MAP'
[import]
source = table
[fields]
channel = LX
text = {text}
MAP
echo '[{"channel": "LX", "subject": 3}]' >kind.json
echo '{"channel": "LX", "subject": "a", "job": "b"}' >field.json
echo '{"channel": "LX", "subject": "a", "heads": "3"}' >quoted.json
echo '{"channel": "LX", "subject": "a", "claimed_at": "2026-01-01",
    "claimed_ms": 1}' >times.json
echo '{"channel": "LX", ' >broken.json
echo '{"channel": "LX", "channel": "LX", "subject": "a"}' >double.json
echo '[]' >nothing.json
echo '[1]' >number.json
: >empty

make_pair
item=$(register donghu "the only one")
start donghu
wait_until 10 "it is at the city" counts city 1
does at city directive issue --to 990101 --kind DB --text 请办 --json
id=$(json 'd["id"]')
other=$(echo "$id" | sed 's/-0001-/-0002-/')
delivered() {
	[ "$(value '[x["status"] for x in d]' at city directives --json)" = \
	    '["DLV"]' ]
}
wait_until 10 "the directive is there" delivered

# -- register --------------------------------------------------------------------
# field NAME VALUE...: each is refused beside fields that are right.
field() {
	option=$1
	shift
	for given; do
		case $option in
		channel) wrong 1 at donghu register --subject a --channel "$given" ;;
		subject) wrong 1 at donghu register --channel LX --subject "$given" ;;
		*) wrong 1 at donghu register --channel LX --subject a \
		    "--$option" "$given" ;;
		esac
	done
}

try_register() {
	long=$(repeated 700)
	field channel '' XX "$not_text" 来
	field purpose XX
	field legal-class C9
	field category 77 "$not_text"
	field level Q
	field heads 0 -1 three 1.5 100001 99999999999999999999
	field responsible 12 武汉 "$(repeated 20)"
	field subject '' '   ' "$long" "$not_text"
	field text "$(repeated 70000)" "$not_text"
	field place "$long" "$not_text"
	field source-ref 17
	field claimed-at yesterday 2026-02-30 2099-01-01 1900-01-01 \
	    2026-01-01T25:00
	field earlier-item 17 "${item%?}?" "$id"
	for option in person-name person-document person-phone person-address
	do
		field $option "$long" "$not_text"
	done
	wrong 1 at donghu register
	wrong 1 at donghu register --channel LX
	wrong 1 at donghu register --channel LX --subject a \
	    --source "$(repeated 65)" --source-ref 1
	wrong 1 at donghu register --channel LX --subject a --source a \
	    --source-ref "$(repeated 129)"
	for file in kind field quoted times broken double nothing number; do
		wrong 1 at donghu register --file $file.json
	done
	wrong 1 at donghu register --file empty
	wrong 1 at donghu register --file not-there.json
	wrong 1 at donghu register --file /
	wrong 2 at donghu register --file kind.json --channel LX
	wrong 2 at donghu register --channel LX --subject a --json --slip
	for option in role user; do
		wrong 2 at donghu register --channel LX --subject a \
		    --$option "$(repeated 41)"
		wrong 2 at donghu register --channel LX --subject a \
		    --$option "$not_text"
	done
	wrong 2 at donghu register --subjet a
	wrong 2 at donghu register --nonsense a
	wrong 2 at donghu register -x
	wrong 2 at donghu register --json=yes
	wrong 2 at donghu register --channel LX --channel LX
	wrong 2 at donghu register --channel LX --subject a b
	wrong 2 at donghu register --channel
}

# -- import: a file or a map that cannot be used ------------------------------------
map() {
	printf '%s\n' "$@" >bad.ini
	run at donghu import good.csv --map bad.ini
	[ "$status" -eq 1 ] || die "the map '$*': status $status, $(cat err)"
	[ "$(wc -l <err)" -eq 1 ] || die "the map '$*': $(cat err)"
}

try_import() {
	wrong 2 at donghu import
	wrong 2 at donghu import good.csv
	wrong 2 at donghu import good.csv other.csv --map good.ini
	wrong 2 at donghu import good.csv --map good.ini --dry-rnu
	wrong 2 at donghu import good.csv --map good.ini --user "$not_text"
	wrong 1 at donghu import good.csv --map good.ini --refused good.ini
	wrong 1 at donghu import good.csv --map good.ini --refused not/there
	wrong 1 at donghu import good.csv --map good.ini --query-codes good.ini
	wrong 1 at donghu import good.csv --map good.ini --query-codes not/there
	for file in not-there.csv / empty; do
		run at donghu import $file --map good.ini
		expect "import $file" "$status $(wc -l <err)" '1 1'
		run at donghu import good.csv --map $file
		expect "import with the map $file" "$status $(wc -l <err)" '1 1'
	done
	map nonsense
	map '[import]' 'source = s'
	map '[import]' '[fields]' 'channel = LX' 'text = {text}'
	map '[import]' 'source = s' '[fields]' 'text = {text}'
	map '[import]' 'source = s' '[fields]' 'channel = LX' 'text = {nope}'
	map '[import]' 'source = s' '[fields]' 'channel = LX' 'text = {text'
	map '[import]' 'source = s' '[fields]' 'channel = LX' 'job = {text}'
	map '[import]' 'source = s' 'charset = latin' '[fields]' \
	    'channel = LX' 'text = {text}'
}

# -- directive -------------------------------------------------------------------------
issue() {
	at city directive issue --to 990101 --kind DB --text a "$@"
}

try_directive() {
	wrong 2 at city directive issue
	wrong 2 at city directive issue --kind DB --text a
	wrong 2 at city directive issue --to , --kind DB --text a
	wrong 2 at city directive issue --to 990101 --text a
	wrong 2 at city directive issue --to 990101 --kind XX --text a
	wrong 1 at city directive issue --to 990101 --kind JB --text a
	wrong 1 at city directive issue --to 990109 --kind DB --text a
	wrong 1 at city directive issue --to 990101,990109 --kind DB --text a
	wrong 2 at city directive issue --to "$(repeated 20)" --kind DB --text a
	wrong 2 at city directive issue --to 990101 --kind DB --text "$not_text"
	wrong 1 at city directive issue --to 990101 --kind DB \
	    --text "$(repeated 70000)"
	wrong 2 issue --due soon
	wrong 1 issue --due 2020-01-01
	wrong 1 issue --item 17
	wrong 1 issue --item "${item%?}?"
	wrong 2 issue --matter "$(repeated 200)"
	wrong 2 issue --ground G7
	wrong 1 issue --reference 17
	wrong 1 issue --reference "$other"
	wrong 2 issue more
	wrong 1 issue --supersedes 17
	wrong 1 issue --supersedes "$other"
	wrong 2 at city suggest
	wrong 2 at city suggest DB --to 990101
	wrong 2 at city suggest IMP
	for move in sign work answer; do
		wrong 2 at donghu directive $move
		wrong 1 at donghu directive $move 17
		wrong 1 at donghu directive $move "$other"
		wrong 2 at donghu directive $move "$id" --text "$not_text"
		wrong 2 at donghu directive $move "$id" --due 2027-01-01
	done
	wrong 1 at donghu directive extend 17
	wrong 1 at donghu directive extend "$id" --text a
	wrong 1 at donghu directive extend "$id" --due 2020-01-01 --text a
	wrong 1 at donghu directive extend "$id" \
	    --due "$(date -d '9 days' +%F)"
	wrong 2 at donghu directive answer "$id" --text a --true perhaps
	wrong 2 at donghu directive answer "$id" --text a --true yes --answer NO
	wrong 1 at donghu directive answer "$id" --text a --attach not-there.pdf
	: >empty.pdf
	wrong 1 at donghu directive answer "$id" --text a --attach empty.pdf
	wrong 2 at donghu attachment 17
	wrong 1 at donghu attachment 17 --out file
	wrong 1 at donghu attachment "$(printf %064d 0)" --out file
	wrong 2 at city directives --kind XX
	wrong 2 at city directives --status XX
	wrong 2 at city directives --limit none
	wrong 1 at donghu directive answer "$id"
	wrong 1 at donghu directive answer "$id" --text 'not signed for'
	for move in grant refuse close return cancel supersede expire; do
		wrong 2 at city directive $move
		wrong 1 at city directive $move 17
		wrong 1 at city directive $move "$id" --office 990109
		wrong 2 at city directive $move "$id" --office "$(repeated 20)"
		wrong 2 at city directive $move "$id" --text "$not_text"
		wrong 2 at donghu directive $move "$id"
	done
	wrong 1 at city directive close "$id"
	wrong 1 at city directive grant "$id"
	wrong 1 at city directive cancel "$id"
	wrong 1 at city directive supersede "$id" --by "$id"
	wrong 1 at city directive supersede "$id" --by "$other"
	wrong 1 at city directive send "$id"
	wrong 1 at city directive return "$id" --text a --due 2020-01-01
	wrong 2 at city directive return "$id" --text a --due soon
	wrong 2 at city directive
	wrong 2 at city directive isue
	wrong 2 at donghu directives more
}

# -- looking ---------------------------------------------------------------------------
try_lists() {
	for office in city donghu; do
		wrong 2 at $office petitions --office wuhan
		wrong 2 at $office petitions --since yesterday
		wrong 2 at $office petitions --until 2026-13-01
		wrong 2 at $office petitions --channel XX
		wrong 2 at $office petitions --state XX
		wrong 2 at $office petitions --item 17
		wrong 2 at $office petitions --item "${item%?}?"
		for limit in -1 ten 1.5 99999999999 ''; do
			wrong 2 at $office petitions --limit "$limit"
		done
		wrong 2 at $office petitions more
		wrong 2 at $office show
		wrong 1 at $office show 17
		wrong 1 at $office show "$id"
		wrong 2 at $office show "$item" "$item"
		wrong 2 at $office settle
		wrong 2 at $office settle 990101
		for number in 0 -1 x 99999999999; do
			wrong 2 at $office settle 990101 $number
		done
		wrong 2 at $office settle wuhan 1
		wrong 2 at $office settle 990101 1 --audience wuhan
		wrong 1 at $office settle 990101 1
		wrong 1 at $office settle 990101 1 --audience 990102
		wrong 2 at $office statis
		wrong 2 at $office status --jsn
	done
	wrong 2 at donghu districts
	wrong 2 at donghu revoke 990101
	wrong 2 at city revoke
	wrong 2 at city revoke 990101 --reason "$not_text"
	wrong 2 timeout 20 "$bin/city-hub"
	wrong 2 timeout 20 "$bin/city-hub" -C
}

before="$(records city) $(records donghu)"
try_directive
try_lists
try_register
try_import
expect "nothing was recorded beside the daemons" \
    "$(records city) $(records donghu)" "$before"
stop donghu
try_register
expect "nothing was recorded without one" "$(records donghu)" "${before#* }"
finish
