# Two hosts over ssh, as sg-cluster(7) has it: real sshd in two network namespaces. One host is
# killed in the middle.

source "$SOAK/songs.sh" 16
ssh-keygen -q -t ed25519 -N '' -f key
ssh-keygen -q -t ed25519 -N '' -f host_key
chmod 700 . ..
cp key.pub authorized

servers=()
stop() {
  local name
  for name in sga sgb; do
    ip netns pids $name 2> /dev/null | xargs -r kill -KILL 2> /dev/null || true
    ip netns del $name 2> /dev/null || true
  done
}
trap stop EXIT
stop
mkdir -p /run/sshd
n=1
for name in sga sgb; do
  ip netns add $name
  ip link add veth$name type veth peer name eth0 netns $name
  ip addr add 10.199.$n.1/24 dev veth$name
  ip link set veth$name up
  ip netns exec $name ip addr add 10.199.$n.2/24 dev eth0
  ip netns exec $name ip link set eth0 up
  ip netns exec $name ip link set lo up
  cat > $name.conf <<END
HostKey $PWD/host_key
AuthorizedKeysFile $PWD/authorized
PidFile $PWD/$name.pid
UsePAM no
StrictModes no
PasswordAuthentication no
PermitRootLogin yes
ListenAddress 10.199.$n.2
MaxStartups 100
SetEnv PATH=$PATH
END
  ip netns exec $name "$(command -v sshd)" -D -f "$PWD/$name.conf" 2> $name.log & servers+=($!)
  cat >> ssh.conf <<END
Host $name
  HostName 10.199.$n.2
  User root
  IdentityFile $PWD/key
  UserKnownHostsFile $PWD/known
  StrictHostKeyChecking no
  LogLevel ERROR
  ConnectTimeout 3
  ServerAliveInterval 2
  ServerAliveCountMax 2
END
  n=$((n + 1))
done
export PARALLEL_SSH="ssh -F $PWD/ssh.conf"
remote() { ssh -F ssh.conf "$@"; }
until_true 'remote sga true 2> /dev/null && remote sgb true 2> /dev/null'
echo 'will cite' | parallel --citation > /dev/null 2>&1 || true

# Language model and decoder on different hosts: a song is 40 kB of tokens between them.
mkdir -p apart
sg-lyrics -q songs.jsonl | remote sga $lm | remote sgb $decode | sg-mix -q -o apart/ > /dev/null
complete apart

# Requests go out, whole streams come back and are one stream; one host dies, the other takes over.
{
  sg-lyrics -q songs.jsonl --jsonl --skip-done done.jsonl |
    parallel -k --sshlogin 1/sga,1/sgb --joblog jobs.log --retries 5 \
      "printf '%s\n' {} | sg-lyrics -q | $lm" 2> parallel.log |
    $decode | sg-mix -q -o songs/ --skip-existing --journal done.jsonl > /dev/null
} & run=$!
until_true '[[ $(ls songs 2> /dev/null | wc -l) -ge 3 ]]'
before=$(ls songs | wc -l)
ip netns pids sgb | xargs -r kill -KILL
ip link set vethsgb down
wait $run || { cat parallel.log jobs.log; fail "parallel failed"; }
((before < count)) || fail "the run was over before the host died"
complete songs
echo "$before of $count songs were there when a host died; the hosts made" \
  "$(awk 'NR > 1 && $7 == 0 { print $2 }' jobs.log | sort | uniq -c | tr -s ' \n' ' ')"
