package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Keys that are one file on a disk, or none, and different objects in S3. */
class AnyKeyTest {

  /** All are different objects. By bytes, as S3 lists them. */
  private static final List<String> KEYS =
      Stream.of(
              "a",
              "a/",
              "a//",
              "a//b",
              "a/./b",
              "a/.b",
              "a/../b",
              "a/b",
              "a/b/",
              "a/b/../c",
              "a/..",
              "a/.",
              "a.",
              "a%",
              "a%/",
              "a%.",
              "a%2Fb",
              "a%/b",
              "a+/b",
              "a b",
              "a+b",
              "A/B",
              "A/b",
              "a\\b",
              "/a",
              "//a",
              "/",
              "e\u0301t\u00e9.jpg",
              "\u00e9t\u00e9.jpg",
              "\uD83D\uDE00.jpg",
              "\uFB03.jpg",
              ".mpus-mine",
              ".s3proxy-versions/mine",
              "k".repeat(200),
              "k".repeat(200) + "/k",
              "k".repeat(201),
              "k".repeat(300) + ".jpg",
              "k".repeat(1024),
              "K".repeat(1024),
              "\u00e9".repeat(512),
              "d/".repeat(512),
              "/".repeat(1024))
          .sorted(AnyKeyTest::byBytes)
          .toList();

  private static final List<ObjectChange> changes = new CopyOnWriteArrayList<>();

  @TempDir private static Path folder;
  private static LocalS3 server;
  private static S3Client s3;

  /** Another one for each test. */
  private final String bucket = "bucket-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    server = LocalS3.onDisk(0, folder, changes::add);
    s3 = client(server.endpoint());
  }

  @BeforeEach
  void createBucket() {
    s3.createBucket(b -> b.bucket(bucket));
    changes.clear();
  }

  @AfterAll
  static void stop() throws Exception {
    s3.close();
    server.close();
  }

  @Test
  void objects_shouldBeDistinct_whenKeysDifferInAnyByte() {
    KEYS.forEach(key -> put(key, contentOf(key)));

    assertThat(contents()).isEqualTo(expected());
    assertThat(changes).extracting(ObjectChange::key).containsExactlyElementsOf(KEYS);
    assertThat(listed("")).containsExactlyElementsOf(KEYS);
  }

  @Test
  void objects_shouldBeThere_whenTheBucketIsOpenedAgain() throws Exception {
    KEYS.forEach(key -> put(key, contentOf(key)));

    stop();
    start();

    assertThat(contents()).isEqualTo(expected());
  }

  @Test
  void files_shouldHaveDifferentNames_whenTheFileSystemKnowsNoCaseAndNoForms() throws Exception {
    KEYS.forEach(key -> put(key, contentOf(key)));

    try (Stream<Path> files = Files.walk(folder.resolve(bucket))) {
      List<String> names = files.map(file -> file.toString().toLowerCase(Locale.ROOT)).toList();
      assertThat(names)
          .doesNotHaveDuplicates()
          .allMatch(name -> name.chars().allMatch(c -> c < 128));
    }
  }

  @Test
  void delete_shouldTakeAwayThatObjectAlone_whenOthersHaveSimilarKeys() {
    KEYS.forEach(key -> put(key, contentOf(key)));
    Map<String, String> left = expected();

    for (String key : List.of("a/b", "a//b", "a/", "A/b", "k".repeat(200), "e\u0301t\u00e9.jpg")) {
      s3.deleteObject(r -> r.bucket(bucket).key(key));
      left.remove(key);

      assertThat(contents()).isEqualTo(left);
      assertThat(changes.getLast().key()).isEqualTo(key);
      assertThat(changes.getLast().eventName()).isEqualTo("ObjectRemoved:Delete");
      assertThatThrownBy(() -> s3.headObject(r -> r.bucket(bucket).key(key)))
          .isInstanceOf(NoSuchKeyException.class);
    }
  }

  @Test
  void deletes_shouldTakeAwayAll_whenTheyAreNamedTogether() {
    KEYS.forEach(key -> put(key, contentOf(key)));

    s3.deleteObjects(r ->
        r.bucket(bucket)
            .delete(d ->
                d.objects(
                    KEYS.stream().map(k -> ObjectIdentifier.builder().key(k).build()).toList())));

    assertThat(listed("")).isEmpty();
    assertThat(changes)
        .filteredOn(change -> change.eventName().equals("ObjectRemoved:Delete"))
        .extracting(ObjectChange::key)
        .containsExactlyInAnyOrderElementsOf(KEYS);
  }

  @ParameterizedTest
  @FieldSource("KEYS")
  void copy_shouldGiveTheSameContent_whenTheSourceHasAnyKey(String key) {
    put(key, "copied");

    s3.copyObject(r ->
        r.sourceBucket(bucket).sourceKey(key).destinationBucket(bucket).destinationKey("copy"));

    assertThat(get("copy")).isEqualTo("copied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a//b", "a/../b", "album/", "\u00e9t\u00e9 +%.jpg"})
  void multipart_shouldStoreTheObject_whenTheKeyIsNoPath(String key) {
    String id = s3.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
    String eTag =
        s3.uploadPart(
                r -> r.bucket(bucket).key(key).uploadId(id).partNumber(1),
                RequestBody.fromString("part"))
            .eTag();
    assertThat(s3.listMultipartUploads(r -> r.bucket(bucket)).uploads())
        .extracting(software.amazon.awssdk.services.s3.model.MultipartUpload::key)
        .containsExactly(key);
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(eTag).build();
    s3.completeMultipartUpload(
        r -> r.bucket(bucket).key(key).uploadId(id).multipartUpload(m -> m.parts(part)));

    assertThat(get(key)).isEqualTo("part");
    assertThat(listed("")).containsExactly(key);
    assertThat(changes).extracting(ObjectChange::key).containsExactly(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/", "a//", "a/.", "A", "k", "kk", "/", "//", "d/d"})
  void list_shouldGiveWhatBeginsSo_whenAPrefixIsAsked(String prefix) {
    KEYS.forEach(key -> put(key, contentOf(key)));

    assertThat(listed(prefix))
        .containsExactlyElementsOf(KEYS.stream().filter(key -> key.startsWith(prefix)).toList());
  }

  @Test
  void list_shouldGroupByTheDelimiter_whenPagesAreSmall() {
    for (String key : List.of("a", "a//b", "a/b", "a/c/d", "b/c", "c", "d-e/f")) {
      put(key, key);
    }

    assertThat(folders("", "/")).containsExactly("a/", "b/", "d-e/");
    assertThat(folders("a/", "/")).containsExactly("a//", "a/c/");
    assertThat(folders("", "-")).containsExactly("d-");
    assertThat(pageAfter(null)).containsExactly("a", "a//b");
    assertThat(pageAfter("a//b")).containsExactly("a/b", "a/c/d");
    assertThat(pageAfter("c")).containsExactly("d-e/f");
  }

  @Test
  void put_shouldBeRefused_whenTheKeyIsTooLong() {
    assertThatThrownBy(() -> put("k".repeat(1025), "x"))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("KeyTooLongError");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"../b", "a/../../b", ".."})
  void put_shouldBeRefused_whenTheKeyClimbsOutOfTheBucket(String key) {
    assertThatThrownBy(() -> put(key, "x"))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  private static int byBytes(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  /** No two keys have the same. */
  private static String contentOf(String key) {
    return "object " + KEYS.indexOf(key);
  }

  private static Map<String, String> expected() {
    Map<String, String> all = new HashMap<>();
    KEYS.forEach(key -> all.put(key, contentOf(key)));
    return all;
  }

  private Map<String, String> contents() {
    Map<String, String> all = new HashMap<>();
    listed("").forEach(key -> all.put(key, get(key)));
    return all;
  }

  private void put(String key, String content) {
    s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(content));
  }

  private String get(String key) {
    return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
  }

  private List<String> listed(String prefix) {
    return s3.listObjectsV2(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private List<String> folders(String prefix, String delimiter) {
    return s3
        .listObjectsV2(r -> r.bucket(bucket).prefix(prefix).delimiter(delimiter))
        .commonPrefixes()
        .stream()
        .map(CommonPrefix::prefix)
        .toList();
  }

  private List<String> pageAfter(String key) {
    return s3.listObjectsV2(r -> r.bucket(bucket).startAfter(key).maxKeys(2)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(LocalS3.ACCESS_KEY, LocalS3.SECRET_KEY)))
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
