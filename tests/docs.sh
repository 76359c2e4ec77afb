#!/bin/sh
# docs.sh [TREE]: the READMEs of the source folders name every C file, and no
# document names a file that does not exist.
set -u
cd "${1:-$(dirname "$0")/..}" || exit 2
status=0

complain() {
	echo "docs: $*"
	status=1
}

# names DOCUMENT: what it names in `file.c` or links to in [text](file.md).
names() {
	# shellcheck disable=SC2016 # backquotes of Markdown
	grep -oE '`[A-Za-z0-9_./*-]+\.(\[ch\]|[ch]|md|proto|sh|py)`|\]\([^)# ]+' \
	    "$1" | tr -d '`' | sed 's/^](//' | grep -v '^https\?://' | sort -u
}

# exists DIR NAME: beside the document, from the top, as an include names it,
# or (a bare name) anywhere.
exists() {
	# shellcheck disable=SC2086 # name.[ch] and name_*.c are patterns
	for found in "$1/"$2 $2 common/$2 city-hub/$2; do
		[ -e "$found" ] && return
	done
	case $2 in */*) return 1 ;; esac
	find . -path ./build -prune -o -path ./.git -prune -o \
	    -name "$2" -print | grep -q .
}

# whole FOLDER: its README stands for every C file below it.
whole() {
	# shellcheck disable=SC2046,SC2086 # patterns, as above
	named=$(cd "$1" && ls -d $(names README.md) 2>/dev/null)
	for file in $(cd "$1" && find . -name '*.[ch]' | sed 's|^\./||' | sort)
	do
		printf '%s\n' "$named" | grep -qx "$file" ||
		    complain "$1/README.md does not name $file"
	done
}

for folder in common district-node city-hub; do
	whole $folder
done
for document in ./*.md */*.md; do
	for name in $(set -f && names "$document"); do
		exists "$(dirname "$document")" "$name" ||
		    complain "$document names $name, which is not there"
	done
done
exit $status
