#!/usr/bin/env bash
# Cuts off peers without a word: senders that wait, and receivers that do, sit behind a link that goes down. Prints how long
# it takes until each is known to be gone. Needs root, for a network namespace of its own, and a built service.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."

readonly port=18099 server=10.99.0.1 client=10.99.0.2 seconds=60
work=$(mktemp -d)

cleanup() {
    kill $(jobs -p) 2>/dev/null || true
    ip netns pids transit-proof 2>/dev/null | xargs -r kill || true
    ip netns del transit-proof 2>/dev/null || true
    ip link del transit0 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

ip netns add transit-proof
ip link add transit0 type veth peer name transit1
ip link set transit1 netns transit-proof
ip addr add "$server/24" dev transit0
ip link set transit0 up
ip netns exec transit-proof ip addr add "$client/24" dev transit1
ip netns exec transit-proof ip link set transit1 up

SERVER_PORT=$port ./transit >"$work/log" 2>&1 &
until curl -q -s -o /dev/null "localhost:$port/health"; do read -r -t 0.3 _ </dev/zero || true; done

head -c 3000000 /dev/zero >"$work/film.mkv"
there() {
    ip netns exec transit-proof curl -q -s -N "$@" >"$work/out.$RANDOM" &
}
there -T "$work/film.mkv" "http://$server:$port/for-continue/"
there -T "$work/film.mkv" "http://$server:$port/watching/?progress"
there -H Expect: -T "$work/film.mkv" "http://$server:$port/full-buffers/"
curl -q -s -H Expect: -T - "http://localhost:$port/receiver-waits/" < <(echo first; exec sleep 600) >/dev/null &
sleep 2
there "http://$server:$port/receiver-waits"
sleep 4

ip link set transit0 down
began=$(date +%s%3N)
left="for-continue watching full-buffers receiver-waits"
while [ -n "$left" ] && [ $(($(date +%s%3N) - began)) -lt $((seconds * 1000)) ]; do
    for id in $left; do
        if curl -q -s "localhost:$port/api/transfers/$id" | grep -q interrupted; then
            echo "$id: noticed after $(($(date +%s%3N) - began)) ms"
            left=$(echo " $left " | sed "s/ $id / /; s/^ *//; s/ *$//")
        fi
    done
    sleep 0.2
done
[ -z "$left" ] || { echo "not noticed within $seconds s: $left"; exit 1; }
