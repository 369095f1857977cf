#!/usr/bin/env bash
# Makes the folder of the container image: the package, Lambda's runtime client, java.options, and
# an AOT cache from a training run. The Dockerfile runs this and nothing else.
#
#   src/bench/aot.sh <image folder> [<JVM flag> ...]
#
# Needs `mvn -Pbench package` before. Flags given come after those of src/bench/jvm.flags, and so
# overrule them. Fails if the cache could not be used at run time.
set -euo pipefail
project="$(cd "$(dirname "$0")/../.." && pwd)"
mkdir -p "$1"
image="$(cd "$1" && pwd)"
shift
mapfile -t flags < <(grep -v '^#' "$project/src/bench/jvm.flags")
flags+=("$@")
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

# train <JVM flag> ...: one run of the function through all it can do.
train() {
  if ! "$java" "@$project/target/bench.options" dev.bucketlens.bench.Training \
    "$image" "$project/target/training" "$project" "$work/log" "$java" "@$image/java.options" "$@" \
    com.amazonaws.services.lambda.runtime.api.client.AWSLambda \
    dev.bucketlens.bench.TrainingHandler >"$work/out" 2>&1; then
    cat "$work/out" "$work/log" >&2 || true
    exit 1
  fi
}

train "-XX:AOTCacheOutput=$image/bucketlens.aot"
printf '%s\n' "-XX:AOTCache=$image/bucketlens.aot" >>"$image/java.options"

# AOTMode=on: a JVM that cannot use the cache ends here instead of going on without it. The list of
# classes tells that the function's own came out of it.
train -XX:AOTMode=on "-Xlog:class+load:file=$work/classes"
for class in dev.bucketlens.lambda.UploadHandler dev.bucketlens.lambda.ApiHandler; do
  if ! grep -q " $class source: shared objects file" "$work/classes"; then
    echo "$class did not come from the AOT cache." >&2
    exit 1
  fi
done
printf 'AOT cache: %s MB, %s of %s classes of a run\n' \
  "$(($(stat -c %s "$image/bucketlens.aot") / 1000000))" \
  "$(grep -c 'source: shared objects file' "$work/classes")" "$(grep -c 'source:' "$work/classes")"
