package dev.bucketlens;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.bucketlens.image.ImageDecoder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the arrows of docs/architecture.md. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importLocations(List.of(Location.of(Path.of("target/classes"))));

  @Test
  void rooms_shouldUseOnlyTheRoomsBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("nativelib")
        .definedBy("dev.bucketlens.nativelib..")
        .layer("flatbuffer")
        .definedBy("dev.bucketlens.flatbuffer..")
        .layer("json")
        .definedBy("dev.bucketlens.json..")
        .layer("tls")
        .definedBy("dev.bucketlens.tls..")
        .layer("engine")
        .definedBy("dev.bucketlens.engine..")
        .layer("image")
        .definedBy("dev.bucketlens.image..")
        .layer("classify")
        .definedBy("dev.bucketlens.classify..")
        .layer("results")
        .definedBy("dev.bucketlens.results..")
        .layer("ingest")
        .definedBy("dev.bucketlens.ingest..")
        .layer("events")
        .definedBy("dev.bucketlens.events..")
        .layer("fetch")
        .definedBy("dev.bucketlens.fetch..")
        .layer("api")
        .definedBy("dev.bucketlens.api..")
        .layer("lambda")
        .definedBy("dev.bucketlens.lambda..")
        .whereLayer("lambda")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("api")
        .mayOnlyBeAccessedByLayers("lambda")
        .whereLayer("ingest")
        .mayOnlyBeAccessedByLayers("lambda")
        .whereLayer("events")
        .mayOnlyBeAccessedByLayers("lambda")
        .whereLayer("fetch")
        .mayOnlyBeAccessedByLayers("api", "lambda")
        .whereLayer("results")
        .mayOnlyBeAccessedByLayers("ingest", "events", "api", "lambda")
        .whereLayer("classify")
        .mayOnlyBeAccessedByLayers("ingest", "api", "lambda")
        .whereLayer("image")
        .mayOnlyBeAccessedByLayers("classify", "ingest", "api", "lambda")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("classify", "lambda")
        .whereLayer("flatbuffer")
        .mayOnlyBeAccessedByLayers("engine", "classify")
        .whereLayer("json")
        .mayOnlyBeAccessedByLayers("classify", "ingest", "events", "api", "lambda")
        .whereLayer("tls")
        .mayOnlyBeAccessedByLayers("lambda")
        .whereLayer("nativelib")
        .mayOnlyBeAccessedByLayers("engine", "image")
        .check(CLASSES);
  }

  @Test
  void imageRoom_shouldUseOnlyThePartsBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("formats")
        .definedBy("dev.bucketlens.image.format.*..")
        .layer("format")
        .definedBy("dev.bucketlens.image.format")
        .layer("colour")
        .definedBy("dev.bucketlens.image.colour..")
        .layer("resize")
        .definedBy("dev.bucketlens.image.resize..")
        .layer("input")
        .definedBy("dev.bucketlens.image.input..")
        .whereLayer("formats")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("format")
        .mayOnlyBeAccessedByLayers("formats")
        .whereLayer("colour")
        .mayOnlyBeAccessedByLayers("formats", "format", "resize")
        .whereLayer("resize")
        .mayOnlyBeAccessedByLayers("formats", "format")
        .whereLayer("input")
        .mayOnlyBeAccessedByLayers("formats", "format", "colour")
        .check(CLASSES);
  }

  @Test
  void imageRoom_shouldBeOpenedByItsDoorOnly() {
    noClasses()
        .that(resideInAPackage("dev.bucketlens.image.(*).."))
        .should()
        .dependOnClassesThat(type(ImageDecoder.class))
        .check(CLASSES);
  }

  @Test
  void imageFormats_shouldNotKnowEachOther() {
    slices()
        .matching("dev.bucketlens.image.format.(*)..")
        .should()
        .notDependOnEachOther()
        .check(CLASSES);
  }

  @Test
  void foreignMemory_shouldStayInTheNativeRooms() {
    noClasses()
        .that(
            resideOutsideOfPackages(
                "dev.bucketlens.nativelib..", "dev.bucketlens.engine..", "dev.bucketlens.image.."))
        .should()
        .dependOnClassesThat(resideInAPackage("java.lang.foreign.."))
        .check(CLASSES);
  }

  @Test
  void jsonLibrary_shouldStayInTheJsonRoom() {
    noClasses()
        .that(resideOutsideOfPackages("dev.bucketlens.json.."))
        .should()
        .dependOnClassesThat(resideInAPackage("com.fasterxml.."))
        .check(CLASSES);
  }

  @Test
  void domain_shouldNotKnowAws() {
    noClasses()
        .that(
            resideInAPackage("dev.bucketlens.engine..")
                .or(resideInAPackage("dev.bucketlens.image.."))
                .or(resideInAPackage("dev.bucketlens.classify.."))
                .or(resideInAPackage("dev.bucketlens.fetch..")))
        .should()
        .dependOnClassesThat(
            resideInAPackage("software.amazon..").or(resideInAPackage("com.amazonaws..")))
        .check(CLASSES);
  }

  @Test
  void environment_shouldBeReadInLambdaOnly() {
    noClasses()
        .that(resideOutsideOfPackages("dev.bucketlens.lambda.."))
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CLASSES);
  }

  @Test
  void staticFields_shouldBeFinal() {
    fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal()
        .check(CLASSES);
  }
}
