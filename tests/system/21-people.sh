#!/bin/sh
# Goal: an office without users works as before; with users a command is
# somebody's, known by a password or by the system's user, with the role that
# the list says and no other; the list has its limits and its keepers.
test_seconds=120
. "$(dirname "$0")/lib.sh"
. "$here/people.sh"
make_hub city 990100 990000

# -- without users ---------------------------------------------------------
does at city user list
does at city register --channel LX --subject 无用户 --role clerk --user anybody
refused_in_both 1 'no users yet' '还没有用户' \
    at city register --channel LX --subject x --as wang
refused_in_both 1 'named users' '具名用户' \
    at city identity show "$(register city 甲)"

# -- the first user --------------------------------------------------------
refused 1 'must be an administrator' sh -c \
    "echo long-enough | '$bin/city-hub' -C city user add admin --role head"
refused 1 '8 to 256' sh -c \
    "echo short | '$bin/city-hub' -C city user add admin --role administrator"
refused 1 'no user id' at city user add 'A B' --role administrator
refused 2 'clerk supervisor head' at city user add admin --role chief
add_users city admin:administrator wang:clerk li:supervisor sun:auditor
expect "the list is its owner's alone" "$(stat -c %a city/keys/people)" 600
does at city user list --json
expect "the list" "$(json '" ".join(u["id"] for u in d)')" 'admin wang li sun'
! grep -q argon2 out || die 'the list shows hashes'
grep -q argon2id city/keys/people || die 'not Argon2id'
! grep -q secret city/keys/people || die 'a password in the clear'

# -- who is it? ------------------------------------------------------------
refused_in_both 1 'say who you are with --as' '请用 --as' \
    at city register --channel LX --subject x
refused_in_both 1 'leave out --role and --user' '请去掉 --role' \
    at city register --channel LX --subject x --role head --as wang
refused 1 "no enabled user 'zhao'" at city register --channel LX --subject x \
    --as zhao --password-file wang.pw
refused_in_both 1 "not the password of user 'wang'" '密码不对' \
    at city register --channel LX --subject x --as wang --password-file li.pw
cp wang.pw open.pw && chmod 644 open.pw
refused 1 'yours alone' at city register --channel LX --subject x --as wang \
    --password-file open.pw
refused 1 'There is no password' setsid "$bin/city-hub" -C city register \
    --channel LX --subject x --as wang
does as wang city register --channel LX --subject 具名
does env PETITION_PASSWORD_FILE=wang.pw "$bin/city-hub" -C city register \
    --channel LX --subject 环境变量 --as wang
expect "two were recorded by name" "$(count city)" 4

# -- what each may ---------------------------------------------------------
refused_in_both 1 'may not do this.*clerk, supervisor, head' '不能做这件事' \
    as sun city register --channel LX --subject x
refused 1 'may not do this' as admin city register --channel LX --subject x
refused 1 'may not do this.*administrator' as li city invite 990101
does as admin city invite 990101
refused 1 'Roles that may: supervisor, head' as wang city directive issue \
    --to all --kind DB --text x
does at city petitions
does at city status

# -- a daemon asks no less -------------------------------------------------
start city
refused 1 'say who you are' at city register --channel LX --subject x
does as wang city register --channel LX --subject 经守护进程
refused 1 'may not do this' as sun city register --channel LX --subject x
stop city

# -- the list is the administrator's ---------------------------------------
refused 1 'only an administrator' at city user role wang head \
    --as li --as-password-file li.pw
refused 1 'say who you are' at city user disable wang
refused 1 'there already' at city user add wang --role clerk --as admin \
    --as-password-file admin.pw --password-file wang.pw
refused 1 'last enabled administrator' at city user disable admin \
    --as admin --as-password-file admin.pw
refused 1 'last enabled administrator' at city user role admin head \
    --as admin --as-password-file admin.pw
does at city user role wang head --as admin --as-password-file admin.pw
does at city user list --json
expect "a role changes" "$(json 'd[1]["role"]')" head
does at city user disable li --as admin --as-password-file admin.pw
refused 1 "no enabled user 'li'" as li city register --channel LX --subject x
does at city user enable li --as admin --as-password-file admin.pw

# -- one's own password ----------------------------------------------------
printf 'another secret\n' >new.pw && chmod 600 new.pw
refused 1 'only an administrator' at city user password li \
    --password-file new.pw --as wang --as-password-file wang.pw
does at city user password wang --password-file new.pw \
    --as wang --as-password-file wang.pw
refused 1 'not the password' as wang city register --channel LX --subject x
cp new.pw wang.pw
does as wang city register --channel LX --subject 新密码

# -- the system's user -----------------------------------------------------
does at city user add zhou --role clerk --system-user "$(id -un)" \
    --password-file "$(password_of zhou)" --as admin \
    --as-password-file admin.pw
does at city register --channel LX --subject 系统用户
does as wang city register --channel LX --subject 另一人
does at city user disable zhou --as admin --as-password-file admin.pw
refused 1 "no enabled user 'zhou'" at city register --channel LX --subject x

# -- typed at a terminal: without an echo ----------------------------------
timeout "$command_seconds" "$python" - "$bin/city-hub" >typed <<'PYTHON' || die "typed: $(cat typed)"
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], [sys.argv[1], "-C", "city", "register", "--channel",
                           "LX", "--subject", "typed", "--as", "li"])
seen = b""
while b"Password of li: " not in seen:
    seen += os.read(fd, 100)
os.write(fd, "secret 错\x7fof xy\x7f\x7fli\n".encode())
try:
    while True:
        more = os.read(fd, 1000)
        if not more:
            break
        seen += more
except OSError:
    pass
print(seen.decode())
if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0 or b"secret" in seen:
    sys.exit(1)
PYTHON
grep -q 'Recorded: 990100' typed || die "typed: $(cat typed)"

# -- guessing --------------------------------------------------------------
for _ in 1 2 3 4 5 6 7 8 9 10; do
	refused 1 'not the password' at city register --channel LX \
	    --subject x --as sun --password-file wang.pw
done
refused_in_both 75 'locked after too many' '已锁定' \
    as sun city register --channel LX --subject x
does as wang city register --channel LX --subject 他人不受影响

# -- a list that cannot be trusted -----------------------------------------
cp -p city/keys/people kept
sed -i 's/ clerk / head /' city/keys/people
refused_in_both 78 'keys/people cannot be read' 'keys/people 无法读取' \
    as wang city register --channel LX --subject x
cp -p kept city/keys/people
chmod 640 city/keys/people
refused 78 'keys/people cannot be read' \
    as wang city register --channel LX --subject x
chmod 600 city/keys/people
does as wang city register --channel LX --subject 恢复
finish
