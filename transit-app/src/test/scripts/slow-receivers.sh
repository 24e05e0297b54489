#!/usr/bin/env bash
# Two receivers at once, of 24 MB each: one takes 10 KiB in each second of five minutes, with the stall time of 60 s, one takes nothing for
# 90 s, with a stall time of 120 s; both take the rest then. Prints whether each has the file. Needs python3, a built service.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."

work=$(mktemp -d)
cleanup() {
    kill $(jobs -p) 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

head -c 24000000 /dev/urandom >"$work/film.mkv"
cat >"$work/receive.py" <<'PYTHON'
import hashlib, socket, sys, time

port, path, seconds, per_second = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
client = socket.socket()
client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
client.connect(("127.0.0.1", port))
client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
got = b""
while b"\r\n\r\n" not in got:
    got += client.recv(4096)
head, body = got.split(b"\r\n\r\n", 1)
length = int(next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")).split(b":")[1])
digest, count = hashlib.sha256(body), len(body)
began = time.monotonic()
for second in range(seconds):
    left = per_second
    while left > 0 and (run := client.recv(left)):
        digest.update(run)
        left, count = left - len(run), count + len(run)
    time.sleep(max(0.0, began + second + 1 - time.monotonic()))
while count < length and (run := client.recv(65536)):
    digest.update(run)
    count += len(run)
print(digest.hexdigest())
PYTHON

transfer() {
    local name=$1 port=$2 stall=$3
    shift 3
    SERVER_PORT=$port TRANSIT_STALL=$stall ./transit >"$work/log.$port" 2>&1 &
    local server=$!
    until curl -q -s -o /dev/null "localhost:$port/health"; do read -r -t 0.3 _ </dev/zero || true; done
    curl -q -s -T "$work/film.mkv" "localhost:$port/slow/film.mkv" >"$work/sent.$port" &
    local sender=$!
    until curl -q -s "localhost:$port/api/transfers/slow" | grep -q waiting; do sleep 0.2; done
    local began=$SECONDS got
    got=$(python3 "$work/receive.py" "$port" /slow "$@")
    wait "$sender" || true
    if [ "$got" = "$(sha256sum "$work/film.mkv" | cut -d' ' -f1)" ] && grep -q 'Transfer complete. 24000000' "$work/sent.$port"; then
        echo "$name: complete and equal after $((SECONDS - began)) s"
    else
        echo "$name: failed after $((SECONDS - began)) s: $(cat "$work/sent.$port")"
    fi
    kill "$server"
}

transfer "10 KiB/s for 300 s" 18096 60s 300 10240 &
steady=$!
transfer "nothing for 90 s" 18097 120s 90 0 &
wait $! "$steady"
