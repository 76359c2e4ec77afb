#!/bin/sh
# Goal: what newcomers are shown works: the demonstration goes through to its
# end by itself, in either language, and leaves no process and no file behind.
test_seconds=270
. "$(dirname "$0")/lib.sh"

mkdir shown
for language in zh en; do
	TMPDIR=$work/shown timeout 130 "${SRC:?the source}/demo/run.sh" \
	    --headless --language $language >out 2>err || {
		tail -n 40 out >&2
		die "the demonstration in $language: $(cat err)"
	}
	expect "nothing in it fails, in $language" "$(cat err)" ""
	expect "it removes its folder" "$(ls shown)" ""
done
for folder in /proc/[0-9]*/cwd; do
	case $(readlink "$folder" 2>/dev/null) in
	"$work/shown"*) die "a process is left: $folder" ;;
	esac
done
echo "ok: no process is left"
finish
