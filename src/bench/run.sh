#!/usr/bin/env bash
# What `mvn -Pbench` runs: makes the image's folder, the Python environments and the photos, then
# measures and prints the tables.
#
#   src/bench/run.sh quick    under three minutes: the figures that matter most, few rounds
#   src/bench/run.sh full     about forty minutes: all, into src/bench/results, docs and README
#   src/bench/run.sh check    quick, and fails if a ratio is over 20 % worse than the committed one
#
# Raw results go to target/bench. Ends non-zero if a benchmark breaks, never because one is slow,
# but for `check`.
set -euo pipefail
cd "$(dirname "$0")/../.."
mode="${1:-quick}"
results=target/bench
both_models=efficientnet-lite0,efficientnet-lite0-float32

say() { printf '\n== %s (%d:%02d)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }

# Maven finds a JDK 25 by itself; a script has to look where Linux keeps them.
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
  if [[ -x "$home/bin/java" ]] && "$home/bin/java" -version 2>&1 | grep -q '"25'; then
    export PATH="$home/bin:$PATH"
    break
  fi
done

# bench <class> [<name>=<value> ...]: a benchmark that breaks leaves no raw results.
bench() {
  say "$@"
  rm -rf "$results/new"
  mkdir -p "$results/new"
  java "${flags[@]}" -Dbench.command="mvn -Pbench -Dbench=$mode" @target/bench.options \
    "dev.bucketlens.bench.$1" "results=$results/new" "${@:2}" || return
  find "$results/new" -name '*.csv' -exec mv {} "$results" ';'
}

# As bench, on the flags of the image: for what runs the program inside the benchmark itself.
bench_in_image() {
  local flags
  mapfile -t flags < <(grep -v '^#' src/bench/jvm.flags)
  bench "$@"
}

# Goes on if a command breaks: a full run is long, and most of it is worth keeping.
broken=()
keep_on() {
  "$@" || broken+=("$*")
}

# The image with other flags, as a variant of flags.csv.
image_with() { # name, flags
  src/bench/aot.sh "target/flags/$1" "${@:2}" || return
  variants+=("java:$1=target/flags/$1")
}

prepare() {
  say "The image, the Python environments, the photos"
  rm -f "$results"/*.csv "$results"/processes.log
  mkdir -p "$results"
  for way in course tuned; do
    if [[ ! -x "target/venvs/$way/bin/python" ]]; then
      python3 -m venv "target/venvs/$way"
      "target/venvs/$way/bin/pip" install --quiet --requirement "src/bench/python/requirements-$way.txt"
    fi
  done
  [[ -f "$results/photos/8x8.jpg" ]] || target/venvs/tuned/bin/python src/bench/python/photos.py \
    src/local/resources/photos/gibbon.jpg "$results/photos"
  src/bench/aot.sh target/image
  if command -v cc >/dev/null; then
    cc -O2 -Wall -Wextra -o "$results/invoke" src/bench/c/invoke.c -ldl -lpthread
  fi
}

quick() {
  bench ColdStart rounds=2 variants=plain,image,course,tuned
  bench WarmScores rounds=1
  [[ ! -x "$results/invoke" ]] || bench Binding rounds=1
  bench_in_image Throughput rounds=3 slice=500
}

full() {
  keep_on bench ColdStart rounds=7
  local variants=()
  keep_on image_with C2 -XX:TieredStopAtLevel=4
  keep_on image_with G1 -XX:-UseSerialGC -XX:+UseG1GC
  keep_on image_with compact-object-headers -XX:+UseCompactObjectHeaders
  keep_on image_with profiles-replayed -XX:+AOTReplayTraining
  keep_on image_with cache-moved -XX:ArchiveRelocationMode=1
  keep_on bench ColdStart rounds=5 csv=flags functions=upload variants=image "${variants[@]}"
  keep_on bench WarmScores rounds=5 "models=$both_models"
  keep_on bench WarmItems rounds=5 variants=image,course,tuned "models=$both_models"
  if [[ -x "$results/invoke" ]]; then
    keep_on bench Binding rounds=3 "models=$both_models"
    keep_on bench Interpreters rounds=2 "models=$both_models"
  fi
  if command -v djpeg >/dev/null; then
    keep_on bench Decoders rounds=31
  fi
  keep_on bench_in_image Throughput rounds=9 "models=$both_models"
  keep_on bench Batches rounds=31
  keep_on bench_in_image Profile svg=docs/images/batch.svg
  keep_on bench Parts iteration=500
  keep_on bench MemorySizes
  keep_on bench Memory
}

report() { # page ...
  java @target/bench.options dev.bucketlens.bench.report.Report "$@"
}

flags=()
prepare
case "$mode" in
  quick)
    quick
    report "$results"
    ;;
  check)
    quick
    report "$results"
    say "Against the committed results"
    java @target/bench.options dev.bucketlens.bench.report.Check src/bench/results "$results"
    ;;
  full)
    full
    cp "$results"/*.csv src/bench/results
    report src/bench/results docs/performance.md README.md
    ;;
  *)
    echo "quick, full or check, not '$mode'" >&2
    exit 2
    ;;
esac
say "Done"
if ((${#broken[@]})); then
  printf 'broken: %s\n' "${broken[@]}" >&2
  exit 1
fi
