#!/usr/bin/env bash
# What `mvn -Pbench` runs: makes the Python environments, then measures: see bench.py.
set -euo pipefail
cd "$(dirname "$0")/../.."

JAVA_HOME="$(.ci/jdk)"
export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
for way in course tuned bench; do
  requirements="src/bench/python/requirements-$way.txt" venv="target/venvs/$way"
  if ! cmp -s "$requirements" "$venv/requirements.txt"; then
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --requirement "$requirements"
    cp "$requirements" "$venv/requirements.txt"
  fi
done
exec target/venvs/bench/bin/python src/bench/python/bench.py "$@"
