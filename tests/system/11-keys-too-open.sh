#!/bin/sh
# Goal: keys that others can read are not used, and the sentence says how to
# mend it; nor is an office without its keys, or with damaged ones.
. "$(dirname "$0")/lib.sh"

make_pair
register donghu "before" >/dev/null
for file in identity.key query.key; do
	for mode in 644 640 602; do
		chmod $mode donghu/keys/$file
		run at donghu register --channel LF --subject no --language zh
		[ "$status" -eq 78 ] || [ "$status" -eq 1 ] ||
		    die "$file with mode $mode: status $status, $(cat err)"
		refused "$status" 'chmod -R go= donghu/keys' at donghu \
		    register --channel LF --subject no --language en
	done
	chmod -R go= donghu/keys
	register donghu "after $file was mended" >/dev/null
done
chmod 644 donghu/keys/identity.key
refused_in_both 78 'Others can read the keys' 可被他人读取 at donghu status
refused 78 'Others can read the keys' at donghu run
chmod -R go= donghu/keys

chmod 755 donghu/keys
refused 78 'Others can read the keys' at donghu status
chmod 700 donghu/keys

# -- the seal, only needed for an identity --------------------------------------
does at donghu register --channel LF --subject sealed --person-name 张三
chmod 644 donghu/keys/seal-*.key
refused_in_both 1 'cannot be sealed' 无法加密 at donghu register \
    --channel LF --subject 'sealed' --person-name 李四
register donghu "nobody named" >/dev/null
chmod 600 donghu/keys/seal-*.key
does at donghu register --channel LF --subject sealed --person-name 李四
expect "nothing was recorded meanwhile" "$(count donghu)" 6

# -- missing, damaged ---------------------------------------------------------------
cp donghu/keys/identity.key identity.key
rm donghu/keys/identity.key
refused_in_both 78 'keys are missing' 缺少本机构的密钥 at donghu status
echo damaged >donghu/keys/identity.key
chmod 600 donghu/keys/identity.key
run at donghu status
expect "a damaged key" "$status" 78
cp identity.key donghu/keys/identity.key
expect "with its key again" "$(count donghu)" 6

# -- a hub -------------------------------------------------------------------------------
stop city
chmod 644 city/keys/identity.key
refused 78 'chmod -R go= city/keys' at city run
chmod 600 city/keys/identity.key
start city
start donghu
wait_until 10 "all is at the city" counts city 6
finish
