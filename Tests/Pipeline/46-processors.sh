# Threads of a real process: as many as its affinity mask has processors, unless --threads says more.

# OpenBLAS starts threads when it is loaded, which stay idle: ours call it.
export OPENBLAS_NUM_THREADS=1

sg-lyrics -q "$SHORT" -o request.sgs

# threads COMMAND...: the most threads that it has while it runs.
threads() {
  python3 - "$@" << 'PYTHON'
import os, subprocess, sys, time
most = 0
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
while process.poll() is None:
    try:
        most = max(most, len(os.listdir(f"/proc/{process.pid}/task")))
    except OSError:
        pass
    time.sleep(0.002)
print(most)
sys.exit(process.returncode)
PYTHON
}

song='sg-lm -q --seed 1 --duration 8 request.sgs'
first=$(python3 -c 'import os; print(min(os.sched_getaffinity(0)))')
same "$(threads taskset -c "$first" $song)" 1
same "$(threads taskset -c "$first" $song --threads 3)" 3
if [[ $(nproc) -ge 2 ]]; then
  both=$(python3 -c 'import os; print(*sorted(os.sched_getaffinity(0))[:2], sep=",")')
  same "$(threads taskset -c "$both" $song)" 2
fi
