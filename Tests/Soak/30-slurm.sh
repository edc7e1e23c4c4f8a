# A Slurm job array, as sg-cluster(7) has it, on a real slurmctld and slurmd of this machine.

source "$SOAK/songs.sh" 16
host=$(hostname -s)
mkdir slurm slurm/state slurm/spool
[[ -f /etc/munge/munge.key ]] || { dd if=/dev/urandom of=slurm/key bs=1024 count=1 2> /dev/null; }
key=/etc/munge/munge.key
[[ -f $key ]] || key=$PWD/slurm/key
chmod 600 slurm/key 2> /dev/null || true
munged --force --foreground --key-file "$key" --socket "$PWD/slurm/munge" \
  --pid-file "$PWD/slurm/munge.pid" --log-file "$PWD/slurm/munge.log" \
  --seed-file "$PWD/slurm/munge.seed" 2> slurm/munge.err &
servers=($!)
cat > slurm/slurm.conf <<END
ClusterName=sg
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$PWD/slurm/munge
CredType=cred/munge
StateSaveLocation=$PWD/slurm/state
SlurmdSpoolDir=$PWD/slurm/spool
SlurmctldPidFile=$PWD/slurm/ctld.pid
SlurmdPidFile=$PWD/slurm/d.pid
SlurmctldLogFile=$PWD/slurm/ctld.log
SlurmdLogFile=$PWD/slurm/d.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF=$PWD/slurm/slurm.conf
stop() {
  scancel --user=root 2> /dev/null || true
  kill "${servers[@]}" 2> /dev/null || true
  wait "${servers[@]}" 2> /dev/null || true
}
trap stop EXIT
until_true '[[ -S slurm/munge ]]'
slurmctld -D -f "$SLURM_CONF" 2> slurm/ctld.err & servers+=($!)
slurmd -D -N "$host" -f "$SLURM_CONF" 2> slurm/d.err & servers+=($!)
until_true 'sinfo --noheader --format %t 2> /dev/null | grep -qE "idle|mix|alloc"' ||
  { cat slurm/*.log slurm/*.err; fail "Slurm does not start"; }

cat > songs.sbatch <<END
#!/bin/bash
#SBATCH --array=1-4
#SBATCH --cpus-per-task=1
#SBATCH --output=slurm/%a.out
set -o pipefail
sed -n "\$SLURM_ARRAY_TASK_ID~4p" songs.jsonl | sg-lyrics -q --skip-done done.jsonl - |
  $lm --threads \$SLURM_CPUS_PER_TASK | $decode --threads \$SLURM_CPUS_PER_TASK |
  sg-mix -q -o songs/ --skip-existing --journal done.jsonl
END
sbatch songs.sbatch
until_true '[[ $(ls songs 2> /dev/null | wc -l) -ge 3 ]]'
# The node dies in the middle, with all that runs on it, and comes back.
kill -KILL "${servers[2]}"
for process in $(pgrep 'slurmstepd|sg-'); do
  [[ $(readlink /proc/$process/cwd) != "$PWD"* ]] || kill -KILL $process
done
made=$(ls songs | wc -l)
((made < count)) || fail "the run was over before the node died"
slurmd -D -N "$host" -f "$SLURM_CONF" 2>> slurm/d.err & servers+=($!)
until_true 'sinfo --noheader --format %t | grep -qE "idle|mix|alloc"'
scancel --user=root
until_true '[[ -z $(squeue --noheader) ]]' || { squeue; cat slurm/*.log; fail "jobs do not end"; }
sbatch songs.sbatch
until_true '[[ -z $(squeue --noheader) ]]'
for ((n = 0; n < 100 && $(ls songs | wc -l) < count; n++)); do sleep 0.1; done
complete songs
echo "$made of $count songs were there when the node died"
