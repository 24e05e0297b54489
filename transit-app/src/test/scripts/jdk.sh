# For other scripts to read: sets JAVA_HOME to a JDK 21 or newer, the first of what ./transit would look at that is one.
for home in "${TRANSIT_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")" \
    /usr/lib/jvm/* /opt/* /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/*; do
    version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null || true)
    if [ -x "$home/bin/javac" ] && [ "${version:-0}" -ge 21 ]; then
        export JAVA_HOME=$home
        break
    fi
done
if [ "${version:-0}" -lt 21 ]; then
    echo "needs a JDK 21 or newer and found none; set JAVA_HOME to one" >&2
    exit 69
fi
