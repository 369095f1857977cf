package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.model.DetectLabelsResponse;
import software.amazon.awssdk.services.rekognition.model.InvalidImageFormatException;
import software.amazon.awssdk.services.rekognition.model.InvalidParameterException;
import software.amazon.awssdk.services.rekognition.model.InvalidS3ObjectException;
import software.amazon.awssdk.services.rekognition.model.Label;
import software.amazon.awssdk.services.rekognition.model.RekognitionException;

/** The client that AWS ships for Rekognition, with nothing changed but its endpoint. */
final class RekognitionTest {

  private static final Path PHOTO = Path.of("src/local/resources/photos/espresso.jpg");

  @RegisterExtension private static final RunningCloud cloud = new RunningCloud();

  private static RekognitionClient client;

  @BeforeAll
  static void start() {
    client =
        RekognitionClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(cloud.http())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  @Test
  void detectLabels_shouldAnswerTheModelsLabels_forBytes() throws IOException {
    SdkBytes bytes = SdkBytes.fromByteArray(Files.readAllBytes(PHOTO));

    DetectLabelsResponse response =
        client.detectLabels(r -> r.image(i -> i.bytes(bytes)).maxLabels(3).minConfidence(0f));

    assertThat(response.labels()).hasSize(3);
    Label best = response.labels().getFirst();
    assertThat(best.name()).isEqualTo("espresso");
    assertThat(best.confidence()).isBetween(10f, 100f);
    assertThat(best.instances()).isEmpty();
    assertThat(best.parents()).isEmpty();
    assertThat(response.labelModelVersion()).matches("[0-9a-f]{12}");
  }

  @Test
  void detectLabels_shouldFilter_asItsSettingsSay() throws IOException {
    SdkBytes bytes = SdkBytes.fromByteArray(Files.readAllBytes(PHOTO));

    DetectLabelsResponse response =
        client.detectLabels(r ->
            r.image(i -> i.bytes(bytes))
                .minConfidence(0f)
                .settings(
                    s -> s.generalLabels(g -> g.labelInclusionFilters("espresso", "unicorn"))));

    assertThat(response.labels()).extracting(Label::name).containsExactly("espresso");
  }

  @Test
  void detectLabels_shouldAnswerFromTheTable_forAnObjectOfTheBucket() throws Exception {
    cloud.put("menu/espresso.jpg", Files.readAllBytes(PHOTO));
    cloud.get().queue().awaitEmpty();

    DetectLabelsResponse response =
        client.detectLabels(r ->
            r.image(i -> i.s3Object(o -> o.bucket(LocalCloud.BUCKET).name("menu/espresso.jpg")))
                .minConfidence(0f));

    assertThat(response.labels().getFirst().name()).isEqualTo("espresso");
  }

  @Test
  void detectLabels_shouldThrowRekognitionsOwnExceptions() {
    SdkBytes text = SdkBytes.fromUtf8String("no picture");

    assertThatThrownBy(() -> client.detectLabels(r -> r.image(i -> i.bytes(text))))
        .isInstanceOf(InvalidImageFormatException.class);
    assertThatThrownBy(
            () -> client.detectLabels(r -> r.image(i -> i.bytes(text)).minConfidence(200f)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("MinConfidence");
    assertThatThrownBy(
            () -> client.detectLabels(r -> r.image(i -> i.s3Object(o -> o.bucket("b").name("n")))))
        .isInstanceOf(InvalidS3ObjectException.class);
    assertThatThrownBy(() -> client.detectFaces(r -> r.image(i -> i.bytes(text))))
        .isInstanceOf(RekognitionException.class)
        .hasMessageContaining("Only RekognitionService.DetectLabels is offered");
  }
}
