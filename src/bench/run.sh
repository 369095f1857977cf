#!/usr/bin/env bash
# What `mvn -Pbench` runs: makes the image's folder and the Python environments, then measures.
#
#   src/bench/run.sh quick|full
#
# Raw results go to target/bench; `full` also replaces the committed ones in src/bench/results.
set -euo pipefail
cd "$(dirname "$0")/../.."
mode="${1:-quick}"
rounds=5
# Maven finds a JDK 25 by itself; a script has to look where Linux keeps them.
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
  if [[ -x "$home/bin/java" ]] && "$home/bin/java" -version 2>&1 | grep -q '"25'; then
    export PATH="$home/bin:$PATH"
    break
  fi
done
[[ "$mode" == full ]] && rounds=15

for way in course tuned; do
  if [[ ! -x "target/venvs/$way/bin/python" ]]; then
    python3 -m venv "target/venvs/$way"
    "target/venvs/$way/bin/pip" install --quiet --requirement "src/bench/python/requirements-$way.txt"
  fi
done
src/bench/aot.sh target/image

bench() {
  java -Dbench.command="mvn -Pbench -Dbench=$mode" @target/bench.options "dev.bucketlens.bench.$1" "${@:2}"
}
bench ColdStart "rounds=$rounds"
if [[ "$mode" == full ]]; then
  bench Warm "rounds=$rounds" models=efficientnet-lite0,efficientnet-lite0-float32
  java @target/bench.options org.openjdk.jmh.Main -rf csv -rff target/bench/parts.csv
  cp target/bench/*.csv src/bench/results
else
  bench Warm "rounds=$rounds"
fi
