#!/usr/bin/env bash
# Runs the JMH benchmarks of one module, transit-core or transit-http; further arguments go to JMH (a pattern of names, -f, -prof gc).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
source transit-app/src/test/scripts/jdk.sh

module=${1:-}
if [ ! -d "${module:-.}/src/jmh" ]; then
    echo "Usage: $0 transit-core|transit-http [ARGUMENT OF JMH ...]" >&2
    exit 64
fi
shift

mvn -B -q -ntp -P 'jmh,!format' -pl "$module" -am -Dmaven.test.skip.exec package >&2
target=$module/target
exec "$JAVA_HOME/bin/java" -cp "$target/jmh-classes:$target/classes:$target/jmh-libs/*" org.openjdk.jmh.Main "$@"
