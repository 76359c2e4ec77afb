#!/bin/sh
# tree.sh before|after TREE LIST: nothing that a test makes stays in the source
# tree.  Before the tests the names of its files go to LIST; behind them they
# must be the same.
set -eu
when=$1 tree=$2 list=$3

names() {
	(cd "$tree" && find . \( -path ./build -o -path ./.git \) -prune \
	    -o -print | sort)
}

if [ "$when" = before ]; then
	names >"$list"
	exit
fi
names >"$list.after"
if ! diff "$list" "$list.after" >"$list.diff"; then
	echo "tree: the tests left something in the source tree, or took it:"
	cat "$list.diff"
	exit 1
fi
