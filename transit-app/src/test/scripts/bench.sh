#!/usr/bin/env bash
# Measures transit beside what is installed of socat, nginx, haproxy and piping-server, and prints tables in Markdown; --help tells
# how. Builds if needed, starts everything itself on free ports, and ends it again, however this ends. Linux; docs/benchmarks.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
source transit-app/src/test/scripts/jdk.sh
export TRANSIT_JAVA_HOME=$JAVA_HOME

classes=transit-app/target/test-classes
main=$classes/io/transit/app/bench/Bench.class
if [ ! -f "$main" ] || [ -n "$(find transit-app/src/test/java/io/transit/app/bench -type f -newer "$main" | head -n 1)" ]; then
    rm -f transit-app/target/transit.jar
fi
# Builds all of it, if anything is missing or old.
./transit --version >&2
touch "$main"

work=$(mktemp -d)
driver=''
cleanup() {
    if [ -n "$driver" ]; then
        kill "$driver" 2>/dev/null || true
        wait "$driver" || true
    fi
    # What is left if the driver could not end it any more.
    for file in "$work"/pids/*; do
        [ ! -e "$file" ] || kill "${file##*/}" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

ulimit -n "$(ulimit -Hn)"
"$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xms256m -Xmx256m -XX:MaxDirectMemorySize=1g \
    "-Dbench.commit=$(git describe --always --dirty 2>/dev/null || echo unknown)" \
    -cp "$classes" io.transit.app.bench.Bench "$work" "$@" &
driver=$!
wait "$driver"
