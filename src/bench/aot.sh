#!/usr/bin/env bash
# Makes the folder of the container image: the package, Lambda's runtime client, a file of options for
# each function, and for the two that somebody waits for an AOT cache from a training run. `java @upload.options` and
# `java @api.options` are all that starts them. The Dockerfile runs this and nothing else.
#
#   src/bench/aot.sh <image folder> [<JVM flag> ...]
#
# Needs `mvn -Pbench package` before. Flags given come after those of src/bench/jvm.flags, and so
# overrule them. Fails if a cache could not be used at run time.
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

# The client's own library beside ours, or each start would write it into /tmp. It is loaded from
# there or nowhere: a missing one ends the build here, and a wrong one in the training run.
machine="$(uname -m)"
client="$image/native/linux-$machine/libaws-lambda-jni.so"
cp -p "$project/target/runtime-client/jni/libaws-lambda-jni.linux-${machine/aarch64/aarch_64}.so" "$client"
flags+=("-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=$client")

# Jars by name and in order: what a folder lists first is not the same on every file system, and a
# cache belongs to one class path.
class_path="$(printf '%s:' "$image"/lib/*.jar)"

# write_options <function> <handler> [<JVM flag> ...]
write_options() {
  printf '%s\n' "${flags[@]}" "${@:3}" -cp "${class_path%:}" \
    com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$2" >"$image/$1.options"
}

# train <function> <JVM flag> ...: one run of the function through all it can do.
train() {
  if ! "$java" "@$project/target/bench.options" dev.bucketlens.bench.Training \
    "$1" "$image" "$project" "$work/$1.log" "$java" "${@:2}" "@$image/$1.options" >"$work/$1.out" 2>&1; then
    cat "$work/$1.out" "$work/$1.log" >&2 || true
    exit 1
  fi
}

# A cache for each function: the JVM loads all that a cache holds at once, needed or not.
make_cache() { # function, handler
  local cache="$image/$1.aot" classes="$work/$1.classes"
  write_options "$1" "$2"
  train "$1" "-XX:AOTCacheOutput=$cache"
  write_options "$1" "$2" "-XX:AOTCache=$cache"

  # AOTMode=on: a JVM that cannot use the cache ends here instead of going on without it. The list
  # of classes tells that the function's own came out of it.
  train "$1" -XX:AOTMode=on "-Xlog:class+load:file=$classes"
  if ! grep -q " $2 source: shared objects file" "$classes"; then
    echo "$2 did not come from the AOT cache." >&2
    exit 1
  fi
  printf 'AOT cache of %s: %s MB, %s of %s classes of a run\n' "$1" \
    "$(($(stat -c %s "$cache") / 1000000))" \
    "$(grep -c 'source: shared objects file' "$classes")" "$(grep -c 'source:' "$classes")"
}

# Nobody waits for the start of this one: its events come after the photo is done.
write_options events dev.bucketlens.lambda.EventsHandler

# FUNCTIONS=upload leaves the other out, for a measurement of uploads alone.
if [[ "${FUNCTIONS:-all}" == all ]]; then
  make_cache api dev.bucketlens.lambda.ApiHandler &
  api=$!
fi
make_cache upload dev.bucketlens.lambda.UploadHandler
[[ -z "${api:-}" ]] || wait "$api"
