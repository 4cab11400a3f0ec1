package io.foldwise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layers: imports only point down, to what is named and to what that may import. */
final class ArchitectureTest {
  private static final String DOOR = "io.foldwise";
  private static final String ROOT = DOOR + ".";
  private static final String[] SPARK = {"org.apache.spark..", "scala..", "org.apache.hadoop.."};

  /**
   * The ground floor, then each package with what it adds to what those that it names may import.
   */
  private static final Map<String, Set<String>> BELOW = new LinkedHashMap<>();

  static {
    floor("input");
    floor("math");
    floor("pickle");
    floor("learn.loss", "input", "math");
    floor("learn.model", "input", "math");
    floor("learn.optim", "learn.loss", "learn.model");
    floor("learn.score", "learn.loss");
    floor("search", "learn.optim", "learn.score");
    floor("search.training", "search");
    floor("search.inference", "search.training");
    floor("browser.standin");
    floor("lecture", "search.training", "pickle");
    floor("browser", "lecture");
    floor("report");
    floor("spark.job");
    floor("spark.data.schema", "input", "learn.loss");
    floor("spark.data.source.pickle", "spark.data.schema", "pickle");
    floor("spark.data.source", "spark.data.source.pickle");
    floor("spark.data.generate", "spark.data.source");
    floor("spark.data.load", "spark.data.source", "spark.job", "search");
    floor("spark.data.fold", "spark.data.load");
    floor("spark.engine.rows", "spark.job", "search.training");
    floor("spark.engine.plan", "spark.engine.rows");
    floor("spark.engine.score", "spark.engine.rows");
    floor("spark.engine.moments", "spark.engine.plan", "spark.engine.score");
    floor("spark.engine.fused", "spark.engine.moments");
    floor("spark.engine.sql", "spark.engine.fused");
    floor("spark.engine", "spark.engine.sql");
    floor("", "spark.data.generate", "spark.data.fold", "spark.engine", "search.inference");
    floor("ml", "");
    floor("ml.tuning", "ml");
    floor("cli", "ml", "report", "lecture");
  }

  private static void floor(String name, String... below) {
    Set<String> all = new HashSet<>();
    for (String one : below) {
      all.add(one);
      all.addAll(BELOW.get(one));
    }
    BELOW.put(name, all);
  }

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.foldwise");

  @Test
  void everyPackageHasItsLayer() {
    for (String name : packages()) {
      assertTrue(BELOW.containsKey(name), name + " stands in no layer");
    }
  }

  @Test
  void importsOnlyPointDown() {
    for (String from : packages()) {
      for (String to : BELOW.keySet()) {
        if (!to.equals(from) && !BELOW.get(from).contains(to)) {
          noClasses()
              .that()
              .resideInAPackage(full(from))
              .should()
              .dependOnClassesThat()
              .resideInAPackage(full(to))
              .check(OURS);
        }
      }
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void sparkIsKnownInItsOwnLayersAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(under("input", "math", "learn", "pickle", "search"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SPARK)
        .check(OURS);
  }

  @Test
  void theBottomLayersImportWhatTheyName() {
    onlyOutside("math", "dev.ludovic.netlib..", "org.netlib..", "jdk.incubator.vector..");
    onlyOutside("input");
    onlyOutside("learn.loss");
    onlyOutside("learn.model");
    onlyOutside("learn.optim");
    onlyOutside("learn.score");
    onlyOutside("search", "org.apache.commons.text..");
    onlyOutside("search.training");
    onlyOutside("search.inference", "org.apache.commons.math3..");
    onlyOutside("lecture");
    onlyOutside("browser", "org.teavm.jso..", "org.teavm.extension.spi..");
    onlyOutside("browser.standin", "org.netlib..");
    onlyOutside("report", "com.sun.net.httpserver..");
    onlyOutside("pickle", "net.razorvine.pickle..");
  }

  @Test
  void classesAreFinalUnlessSealed() {
    classes()
        .that(areOrdinaryClasses())
        .should()
        .haveModifier(JavaModifier.FINAL)
        .because("STYLE: package-private by default, classes final")
        .check(OURS);
  }

  /** Rooms behind another: only those named may come in. */
  @Test
  void innerPackagesAreEnteredFromTheirOwnHouseAlone() {
    enteredFrom("spark.data.source.pickle", "spark.data.source");
    for (String room : List.of("moments", "fused", "sql", "score")) {
      enteredFrom("spark.engine." + room, "spark.engine");
    }
    enteredFrom("pickle", "spark.data.source.pickle", "lecture");
  }

  private static void enteredFrom(String room, String... houses) {
    String[] within = Stream.concat(Stream.of(room), Arrays.stream(houses)).toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ROOT + room)
        .should()
        .onlyBeAccessed()
        .byAnyPackage(under(within))
        .check(OURS);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    List<String> silent = new ArrayList<>();
    for (String name : packages()) {
      if (OURS.stream().noneMatch(type -> type.getName().equals(full(name) + ".package-info"))) {
        silent.add(name);
      }
    }
    assertTrue(silent.isEmpty(), "without package-info: " + silent);
  }

  private static void onlyOutside(String from, String... libraries) {
    String[] allowed =
        Stream.of(Stream.of("io.foldwise..", "java.."), Arrays.stream(libraries))
            .flatMap(names -> names)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ROOT + from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .allowEmptyShould(true)
        .check(OURS);
  }

  private static DescribedPredicate<JavaClass> areOrdinaryClasses() {
    return DescribedPredicate.describe(
        "are classes that can be final",
        type ->
            !type.isInterface()
                && !type.isEnum()
                && !type.isAnonymousClass()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !isEnumConstant(type));
  }

  private static boolean isEnumConstant(JavaClass type) {
    return type.getRawSuperclass().map(JavaClass::isEnum).orElse(false);
  }

  private static Set<String> packages() {
    return OURS.stream()
        .map(type -> type.getPackageName().replaceFirst("^io\\.foldwise\\.?", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The name of a package; that of the front door is empty among the others. */
  private static String full(String name) {
    return name.isEmpty() ? DOOR : ROOT + name;
  }

  private static String[] under(String... names) {
    return Arrays.stream(names).map(name -> ROOT + name + "..").toArray(String[]::new);
  }
}
