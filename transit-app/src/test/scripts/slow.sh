#!/usr/bin/env bash
# Connects to the service as slowly as slowhttptest can, two thousand times at once and in one way after another, while
# another client sends and receives 1 KiB again and again. Prints, of each way, how long it took until the last slow
# connection was cut, and how long the others waited. Needs slowhttptest (a package of most distributions), a built service,
# and some 5,000 open files (ulimit -n) for either side.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."

# The first argument says how many, if not 2000; those behind it which ways, if not all.
readonly port=18098 connections=${1:-2000} per_second=500 seconds=70 others_have=8
shift || true
readonly ways=" ${*:-heads bodies reading ranges waiting} "
readonly url=http://127.0.0.1:$port
ulimit -n "$(ulimit -Hn)"
work=$(mktemp -d)

cleanup() {
    kill $(jobs -p) 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

SERVER_PORT=$port TRANSIT_JAVA_OPTS="-Dtransit.wait.receiver=60s" ./transit >"$work/log" 2>&1 &
until curl -q -s -o /dev/null "$url/health"; do read -r -t 0.3 _ </dev/zero || true; done
head -c 1024 /dev/urandom >"$work/file"

# One transfer after another until there is a file named stop: the seconds from GET to the last byte, one to a line.
transfers() {
    local n=0
    while [ ! -e "$work/stop" ]; do
        n=$((n + 1))
        curl -q -s -m 60 -T "$work/file" "$url/t$1-$n/file" >"$work/sent" &
        until curl -q -s -m 60 "$url/api/transfers/t$1-$n" | grep -q waiting; do sleep 0.02; done
        curl -q -s -m 60 -o "$work/got" -w '%{time_total}\n' "$url/t$1-$n" >>"$work/times.$1" || true
        wait $! || true
        cmp -s "$work/file" "$work/got" && grep -q 'Transfer complete' "$work/sent" || echo 99 >>"$work/times.$1"
        rm -f "$work/got"
    done
}

# How many connections the server has: a slow client does not know that its own was cut before it has read what it has.
there() {
    ss -Htn state established "( sport = :$port )" | wc -l
}

run() {
    local name=$1
    shift
    [[ $ways == *" $name "* ]] || return 0
    rm -f "$work/stop"
    transfers "$name" &
    local others=$! most=0 cut='' began=$SECONDS now
    (cd "$work" && exec slowhttptest -c "$connections" -r "$per_second" -l "$seconds" -p 5 "$@") >"$work/$name.out" 2>&1 &
    local slow=$!
    while kill -0 $slow 2>/dev/null; do
        now=$(there)
        [ "$now" -le "$most" ] || most=$now
        [ "$now" -le $others_have ] || cut=$((SECONDS - began))
        sleep 1
    done
    if [ -z "$cut" ]; then
        cut="at once"
    elif [ "$cut" -lt $((seconds - 2)) ]; then
        cut="$cut s"
    else
        cut="not all"
    fi
    touch "$work/stop"
    wait "$others"
    sort -n "$work/times.$name" | awk -v name="$name" -v most="$most" -v cut="$cut" '
        { times[NR] = $1; failed += $1 >= 99 }
        END {
            printf "| %s | %d | %s | %d | %d | %.3f s | %.3f s |\n",
                name, most, cut, NR, failed, times[int(NR / 2) + 1], times[int(NR * 0.99 + 0.999999)]
        }'
}

echo "| slow | at once | until all were cut | transfers beside | failed | median | p99 |"
echo "|---|---|---|---|---|---|---|"
run heads -H -i 5 -x 24 -t GET -u "$url/"
run bodies -B -i 5 -s 8192 -x 24 -t POST -u "$url/taken/film.mkv"
run reading -X -w 1 -y 1 -n 5 -z 32 -k 3 -u "$url/"
run ranges -R -a 1 -b 3000 -t HEAD -u "$url/"
run waiting -B -i 5 -s 8192 -x 24 -t POST -u "$url/"
