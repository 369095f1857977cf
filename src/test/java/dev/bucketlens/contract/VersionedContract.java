package dev.bucketlens.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.contract.VersionedBucket.Told;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a user does to a bucket with versions. The cloud keeps the versions and answers reads of
 * them; the events are written here as S3 writes them, because not every cloud tells of markers.
 */
abstract class VersionedContract extends ContractTest {
  private VersionedBucket bucket;

  @BeforeAll
  void enableVersions() {
    bucket = new VersionedBucket(cloud().s3(), cloud().bucket());
  }

  @Test
  void put_shouldBeReadByItsVersion_whenItWasReplacedMeanwhile() {
    Told first = bucket.put("pinned.jpg", CHAMELEON);
    Told second = bucket.put("pinned.jpg", CRAB);

    tell(first);
    assertThat(label("pinned.jpg")).contains("chameleon");
    assertThat(item("pinned.jpg").version().versionId()).isEqualTo(first.versionId());
    tell(second);
    assertThat(label("pinned.jpg")).contains("crab");
    assertThat(inferences()).isEqualTo(2);
  }

  @Test
  void put_shouldCostNothing_whenTheNextOneWasToldFirst() {
    Told first = bucket.put("overtaken.jpg", CHAMELEON);
    Told second = bucket.put("overtaken.jpg", CRAB);

    tell(second, first);
    assertThat(label("overtaken.jpg")).contains("crab");
    assertThat(inferences()).isEqualTo(1);
  }

  @Test
  void put_shouldLeaveATombstone_whenItsVersionWasRemovedMeanwhile() {
    Told put = bucket.put("removed.jpg", CHAMELEON);
    bucket.remove("removed.jpg", put.versionId());

    tell(put);
    assertThat(status("removed.jpg")).contains(Status.DELETED);
    assertThat(inferences()).isZero();
  }

  @Test
  void deleteMarker_shouldLeadToATombstone_inAnyOrder() {
    Told put = bucket.put("hidden.jpg", CHAMELEON);
    Told marker = bucket.delete("hidden.jpg");

    tell(marker, put);
    assertThat(status("hidden.jpg")).contains(Status.DELETED);
    tell(put, marker);
    assertThat(status("hidden.jpg")).contains(Status.DELETED);
  }

  @Test
  void removedMarker_shouldBringTheScoresBack_inAnyOrder() {
    Told put = bucket.put("shown again.jpg", CRAB);
    Told marker = bucket.delete("shown again.jpg");
    Told removal = bucket.remove("shown again.jpg", marker.versionId());

    tell(removal, marker, put);
    assertThat(label("shown again.jpg")).contains("crab");
    tell(put, marker, removal);
    assertThat(label("shown again.jpg")).contains("crab");
    assertThat(inferences()).isEqualTo(1);
  }

  @Test
  void removedVersion_shouldUncoverTheOneBefore() {
    Told first = bucket.put("uncovered.jpg", CHAMELEON);
    Told second = bucket.put("uncovered.jpg", CRAB);
    tell(first, second);
    assertThat(label("uncovered.jpg")).contains("crab");

    tell(bucket.remove("uncovered.jpg", second.versionId()));
    assertThat(label("uncovered.jpg")).contains("chameleon");
    tell(bucket.remove("uncovered.jpg", first.versionId()));
    assertThat(status("uncovered.jpg")).contains(Status.DELETED);
  }

  @Test
  void removedVersion_shouldChangeNothing_whenItWasNotTheCurrentOne() {
    Told old = bucket.put("kept.jpg", CHAMELEON);
    Told current = bucket.put("kept.jpg", CRAB);
    Told removal = bucket.remove("kept.jpg", old.versionId());

    tell(current, removal, old);
    assertThat(label("kept.jpg")).contains("crab");
    assertThat(inferences()).isEqualTo(1);
  }

  /** Tells one after the other, as a queue may. */
  private void tell(Told... events) {
    for (Told event : events) {
      deliver(List.of(event.message()));
    }
  }

  private Optional<Status> status(String key) {
    return find(key).map(ImageResult::status);
  }
}
