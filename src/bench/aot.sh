#!/usr/bin/env bash
# Makes the folder of the container image: the package, Lambda's runtime client, java.options, and
# an AOT cache from a training run. The Dockerfile runs this and nothing else.
#
#   src/bench/aot.sh <image folder> [<JVM flag> ...]
#
# Needs `mvn -Pbench package` before. Flags given replace those of src/bench/jvm.flags. Fails if the
# cache could not be used at run time.
set -euo pipefail
project="$(cd "$(dirname "$0")/../.." && pwd)"
mkdir -p "$1"
image="$(cd "$1" && pwd)"
shift
flags=("$@")
((${#flags[@]})) || mapfile -t flags < <(grep -v '^#' "$project/src/bench/jvm.flags")
java="${JAVA:-java}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

rm -rf "${image:?}"/*
cp -Rp "$project/target/package/." "$image"
cp -p "$project/target/runtime-client/"*.jar "$image/lib"

# Jars by name and in order: what a folder lists first is not the same on every file system, and the
# cache belongs to one class path.
class_path="$(printf '%s:' "$image"/lib/*.jar)"
printf '%s\n' "${flags[@]}" -cp "${class_path%:}" >"$image/java.options"

# train <working folder> <handler> <JVM flag> ...: one run of the function through all it can do.
train() {
  local folder="$1" handler="$2"
  shift 2
  if ! "$java" "@$project/target/bench.options" dev.bucketlens.bench.Training \
    "$image" "$folder" "$project/src/local/resources/photos" "$work/log" \
    "$java" "@$image/java.options" "$@" \
    com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$handler"; then
    cat "$work/log" >&2 || true
    return 1
  fi
}

train "$project/target/training" dev.bucketlens.bench.TrainingHandler \
  "-XX:AOTCacheOutput=$image/bucketlens.aot"
printf '%s\n' "-XX:AOTCache=$image/bucketlens.aot" >>"$image/java.options"

# AOTMode=on: a JVM that cannot use the cache ends instead of going on without it.
"$java" "@$image/java.options" -XX:AOTMode=on "-Xlog:class+load:file=$work/classes" --version >/dev/null
train "$image" dev.bucketlens.bench.TrainingHandler -XX:AOTMode=on >/dev/null || true
