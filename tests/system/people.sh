#!/bin/sh
# Goal: what the tests about named users share: people with passwords, and
# commands that they give.  Sourced after lib.sh.

# password_of USER: the file with it.
password_of() {
	printf 'secret of %s\n' "$1" >"$1.pw"
	chmod 600 "$1.pw"
	echo "$1.pw"
}

# add_users NAME ID:ROLE...: the first is the administrator.
add_users() {
	of=$1
	administrator=${2%%:*}
	does at "$of" user add "$administrator" --role administrator \
	    --password-file "$(password_of "$administrator")"
	shift 2
	for user in "$@"; do
		does at "$of" user add "${user%%:*}" --role "${user#*:}" \
		    --password-file "$(password_of "${user%%:*}")" \
		    --as "$administrator" --as-password-file "$administrator.pw"
	done
}

# as USER NAME COMMAND...: as `at NAME`, by USER.
as() {
	user=$1
	of=$2
	shift 2
	at "$of" "$@" --as "$user" --password-file "$user.pw"
}
