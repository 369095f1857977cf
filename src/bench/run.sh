#!/usr/bin/env bash
# What `mvn -Pbench` runs: makes the Python environments, then measures: see bench.py.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Maven finds a JDK 25 by itself; a script has to look where Linux keeps them.
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
  if [[ -x "$home/bin/java" ]] && "$home/bin/java" -version 2>&1 | grep -q '"25'; then
    export PATH="$home/bin:$PATH"
    break
  fi
done
for way in course tuned bench; do
  requirements="src/bench/python/requirements-$way.txt" venv="target/venvs/$way"
  if ! cmp -s "$requirements" "$venv/requirements.txt"; then
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --requirement "$requirements"
    cp "$requirements" "$venv/requirements.txt"
  fi
done
exec target/venvs/bench/bin/python src/bench/python/bench.py "$@"
