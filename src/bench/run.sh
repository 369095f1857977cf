#!/usr/bin/env bash
# What `mvn -Pbench` runs: makes the image's folder, the Python environments and the photos, then
# measures section by section and prints the tables.
#
#   src/bench/run.sh quick|check|full [<section>,...]
#
#   quick    under three minutes: the sections that matter most, few rounds; changes nothing
#   check    quick, and fails if a guarded ratio is over 20 % worse than the committed one
#   full     under 35 minutes: every section, into src/bench/results, docs and README
#
# Sections named are measured alone, in quick or in full; full then rewrites their tables and the
# goals. A section that breaks is said, the rest goes on, and the script ends non-zero; it never does
# because one is slow, but for `check`.
set -euo pipefail
cd "$(dirname "$0")/../.."
mode="${1:-quick}"
only="${2:-}"
results=target/bench
lite0=efficientnet-lite0,efficientnet-lite0-float32
kinds=$lite0,clothing,dynamic-range,dense-3x3,int16x8

quick_sections="cold-start warm-scores inference parts"
full_sections="cold-start flags warm-scores warm-items inference making interpreters decoders parts
  batches profile memory-photos memory-sizes memory"

# measure <section>: how much of it, quick | full.
measure() {
  case "$1" in
    cold-start)
      of "rounds=2 schemes=https functions=upload variants=image,course,tuned" "rounds=7"
      bench cold-start "${counts[@]}"
      ;;
    flags) flags ;;
    warm-scores)
      of "rounds=1" "rounds=5 models=$lite0"
      bench warm-scores "${counts[@]}"
      ;;
    warm-items)
      of "rounds=1 schemes=https variants=image,tuned warm=0.2" "rounds=5 variants=image,course,tuned models=$lite0"
      bench warm-items "${counts[@]}"
      ;;
    inference)
      of "rounds=5 threads=1" "rounds=10 starts=2 models=$kinds"
      bench inference "${counts[@]}"
      ;;
    making)
      of "rounds=1" "rounds=5 models=$kinds"
      bench making "${counts[@]}"
      ;;
    interpreters)
      of "rounds=1" "rounds=3 models=$lite0"
      bench interpreters "${counts[@]}"
      ;;
    decoders)
      of "rounds=1 warm=0.1" "rounds=9"
      bench decoders "${counts[@]}"
      ;;
    parts)
      of "rounds=2 iteration=300 include=Throughput" "rounds=7"
      bench parts "${counts[@]}"
      ;;
    batches)
      of "rounds=3 first=3" "rounds=31"
      bench batches "${counts[@]}"
      ;;
    profile)
      of "seconds=2" "seconds=15"
      bench profile "${counts[@]}"
      "$report" src/bench/python/stacks.py "$results/event.stacks" "$results/batch.stacks" >"$results/profile.csv"
      ;;
    memory-photos)
      of "rounds=1" "rounds=3"
      bench memory-photos "${counts[@]}"
      ;;
    memory-sizes)
      of "sizes=512" ""
      bench memory-sizes "${counts[@]}"
      ;;
    memory)
      of "photos=1000" "photos=8000"
      bench memory "${counts[@]}"
      ;;
  esac
}

# of <quick> <full>: the counts of the mode.
of() {
  local chosen="$1"
  [[ "$mode" != full ]] || chosen="$2"
  read -ra counts <<<"$chosen"
}

# bench <section> [<name>=<value> ...]: one that breaks leaves no raw results.
bench() {
  rm -rf "$results/new"
  mkdir -p "$results/new"
  java -Dbench.command="mvn -Pbench -Dbench=$mode${only:+ -Dbench.only=$only}" @target/bench.options \
    dev.bucketlens.bench.Bench "$1" "results=$results/new" "${@:2}" || return
  mv "$results/new"/*.csv "$results"
}

# The image with other flags, cold and warm: which compiler, which collector.
flags() {
  local variants=()
  image_with C2 -XX:TieredStopAtLevel=4
  image_with C2-sooner -XX:TieredStopAtLevel=4 -XX:Tier4InvocationThreshold=1000 \
    -XX:Tier4MinInvocationThreshold=200 -XX:Tier4CompileThreshold=3000 -XX:Tier4BackEdgeThreshold=8000
  image_with C2-later -XX:TieredStopAtLevel=4 -XX:Tier3InvocationThreshold=2000 \
    -XX:Tier3MinInvocationThreshold=1000 -XX:Tier3CompileThreshold=20000 -XX:Tier3BackEdgeThreshold=600000
  if [[ "$mode" == full ]]; then
    image_with G1 -XX:-UseSerialGC -XX:+UseG1GC
    image_with compact-object-headers -XX:+UseCompactObjectHeaders
    image_with profiles-replayed -XX:+AOTReplayTraining
    image_with cache-moved -XX:ArchiveRelocationMode=1
  fi
  of "rounds=1 warm=0.2" "rounds=4"
  bench cold-start csv=flags schemes=https functions=upload variants=image "${variants[@]}" "${counts[@]}"
  bench warm-items csv=flags-warm schemes=https variants=image "${variants[@]}" "${counts[@]}"
}

image_with() { # name, flags
  FUNCTIONS=upload src/bench/aot.sh "target/flags/$1" "${@:2}"
  variants+=("java:$1=target/flags/$1")
}

say() { printf '\n== %s (%d:%02d)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }

# Maven finds a JDK 25 by itself; a script has to look where Linux keeps them.
find_java() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
    if [[ -x "$home/bin/java" ]] && "$home/bin/java" -version 2>&1 | grep -q '"25'; then
      export PATH="$home/bin:$PATH"
      return
    fi
  done
}

prepare() {
  local way requirements venv
  say "The image, the Python environments, the photos"
  mkdir -p "$results"
  rm -f "$results"/*.csv "$results"/*.stacks "$results"/processes.log
  for way in course tuned report; do
    requirements="src/bench/python/requirements-$way.txt" venv="target/venvs/$way"
    if ! cmp -s "$requirements" "$venv/requirements.txt"; then
      python3 -m venv --clear "$venv"
      "$venv/bin/pip" install --quiet --requirement "$requirements"
      cp "$requirements" "$venv/requirements.txt"
    fi
  done
  [[ -f "$results/photos/8x8.jpg" ]] || target/venvs/tuned/bin/python src/bench/python/photos.py \
    src/local/resources/photos/gibbon.jpg "$results/photos"
  src/bench/aot.sh target/image
  if command -v cc >/dev/null; then
    cc -O2 -Wall -Wextra -o "$results/invoke" src/bench/c/invoke.c -ldl -lpthread
  fi
}

case "$mode" in
  quick | check) sections="${only:-$quick_sections}" ;;
  full) sections="${only:-$full_sections}" ;;
  *)
    echo "quick, full or check, not '$mode'" >&2
    exit 2
    ;;
esac
for section in ${sections//,/ }; do
  if [[ " ${full_sections//$'\n'/ } " != *" $section "* ]]; then
    echo "There is no section '$section'; there are:" $full_sections >&2
    exit 2
  fi
done
find_java
report=target/venvs/report/bin/python
prepare

broken=() measured=()
for section in ${sections//,/ }; do
  say "$section"
  # In a shell of its own, where any command that fails ends the section.
  set +e
  (
    set -e
    measure "$section"
  )
  code=$?
  set -e
  if ((code == 0)); then measured+=("$section"); else broken+=("$section"); fi
done

say "Tables"
case "$mode" in
  quick) "$report" src/bench/python/report.py print "$results" ;;
  check)
    "$report" src/bench/python/report.py print "$results"
    say "Against the committed results"
    "$report" src/bench/python/report.py check src/bench/results "$results" || broken+=("check")
    ;;
  full)
    if ((${#measured[@]})); then
      cp "$results"/*.csv src/bench/results
      "$report" src/bench/python/report.py write src/bench/results "${measured[@]}"
    fi
    ;;
esac
say "Done"
if ((${#broken[@]})); then
  printf 'broken: %s\n' "${broken[@]}" >&2
  exit 1
fi
