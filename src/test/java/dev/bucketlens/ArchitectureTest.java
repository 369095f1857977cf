package dev.bucketlens;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.bucketlens.image.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the arrows of docs/architecture.md, whose table of rooms it reads. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importLocations(List.of(Location.of(Path.of("target/classes"))));

  /**
   * A row of the page's table of rooms.
   *
   * @param mayUse the other rooms that it names
   */
  record Room(String name, Set<String> mayUse) {}

  /** The rooms of what is deployed, by the page; the last of them may use everything. */
  static List<Room> rooms() throws IOException {
    String page = Files.readString(Path.of("docs/architecture.md"));
    List<String[]> rows =
        page.substring(page.indexOf("## Rooms"), page.indexOf("### The image room"))
            .lines()
            .filter(line -> line.startsWith("| `") && !line.contains("(`src/local`)"))
            .map(line -> line.split("\\|", -1))
            .toList();
    Set<String> all = rows.stream().map(row -> quoted(row[1]).getFirst()).collect(toSet());
    return rows.stream()
        .map(row ->
            new Room(
                quoted(row[1]).getFirst(),
                row[3].strip().equals("everything")
                    ? all
                    : quoted(row[3]).stream().filter(all::contains).collect(toSet())))
        .toList();
  }

  private static List<String> quoted(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map(it -> it.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void room_shouldUseOnlyTheRoomsThatThePageNames(Room room) throws IOException {
    String[] closed =
        rooms().stream()
            .map(Room::name)
            .filter(name -> !name.equals(room.name()) && !room.mayUse().contains(name))
            .map(ArchitectureTest::packages)
            .toArray(String[]::new);

    noClasses()
        .that(resideInAPackage(packages(room.name())))
        .should()
        .dependOnClassesThat(resideInAnyPackage(closed))
        .check(CLASSES);
  }

  @Test
  void page_shouldNameEveryRoom() throws IOException {
    Set<String> found =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith("dev.bucketlens."))
            .map(name -> name.split("\\.", -1)[2])
            .collect(toSet());

    assertThat(found).isEqualTo(rooms().stream().map(Room::name).collect(toSet()));
  }

  private static String packages(String room) {
    return "dev.bucketlens." + room + "..";
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
