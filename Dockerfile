# The functions as a container image, with an AOT cache for each that somebody waits for: they start
# without SnapStart what the zip starts with it. Build: docker build -t bucketlens .
# One image has all functions; the command names which: @/function/upload.options,
# @/function/api.options or @/function/events.options.
FROM maven:3.9-amazoncorretto-25 AS build
WORKDIR /build
COPY . .
RUN mvn --batch-mode --quiet -Pbench -Dmaven.repo.local=/build/.m2 package

# The JVM that makes the cache has to be the one that uses it.
FROM amazoncorretto:25-al2023-headless AS function
RUN --mount=type=bind,from=build,source=/build,target=/build /build/src/container/build /function
WORKDIR /function
ENV LAMBDA_TASK_ROOT=/function
ENTRYPOINT ["java"]
CMD ["@/function/upload.options"]

FROM function AS function-amd64

# Lambda has no /sys/devices/system/cpu on arm64, and LiteRT cannot start without it.
FROM function AS function-arm64
ENV LD_PRELOAD=/function/native/linux-aarch64/libcpulist.so

FROM function-${TARGETARCH}
