package io.clawlive.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The walls and arrows of the house. */
final class ArchitectureTest {
  private static final String SERVER = "io.clawlive.server";

  /** Which nouns a noun may use, beside itself and platform. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "identity", Set.of(),
          "streams", Set.of("identity"),
          "agents", Set.of("identity", "streams"),
          "live", Set.of("identity", "agents", "streams"),
          "rooms", Set.of("identity", "agents", "streams"),
          "sandbox", Set.of("identity", "agents", "streams"),
          "webhooks", Set.of("identity", "agents", "streams"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          // What the framework generates beside our classes is its own affair.
          .withImportOption(location -> !location.contains("/$"))
          .importPackages(SERVER);

  @Test
  void nounsUseOnlyTheNounsBelowThem() {
    ARROWS.forEach((noun, below) -> {
      Set<String> forbidden = new HashSet<>(ARROWS.keySet());
      forbidden.remove(noun);
      forbidden.removeAll(below);
      if (!forbidden.isEmpty()) {
        noClasses()
            .that()
            .resideInAPackage(SERVER + "." + noun + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages(forbidden))
            .check(CLASSES);
      }
    });
  }

  @Test
  void everyPackageIsANounOrPlatform() {
    classes()
        .should()
        .resideInAnyPackage(
            SERVER,
            SERVER + ".platform..",
            SERVER + ".identity..",
            SERVER + ".streams..",
            SERVER + ".agents..",
            SERVER + ".live..",
            SERVER + ".rooms..",
            SERVER + ".sandbox..",
            SERVER + ".webhooks..")
        .check(CLASSES);
  }

  @Test
  void platformKnowsNoNoun() {
    noClasses()
        .that()
        .resideInAPackage(SERVER + ".platform..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(ARROWS.keySet()))
        .check(CLASSES);
  }

  @Test
  void theServerKnowsNeitherItsClientNorItsCommandLine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.clawlive.sdk..", "io.clawlive.cli..")
        .check(CLASSES);
  }

  @Test
  void sqlIsSpokenOnlyByRepositoriesAndThePostgresLeaf() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Repository")
        .and()
        .resideOutsideOfPackage(SERVER + ".platform.postgres..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                // What went wrong may be asked anywhere; a Timestamp is only a value.
                .and(not(belongToAnyOf(SQLException.class, Timestamp.class))))
        .check(CLASSES);
  }

  @Test
  void callsAreCarriedOnlyByTheDoors() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("GrpcService")
        .and()
        .resideOutsideOfPackages(SERVER + ".platform.grpc..", SERVER + ".platform.web..")
        // These are a call: a Publish, a Watch, an agent's channel, pages as they are taken, and
        // what is told of sandboxes, their processes and their files.
        .and(
            not(
                named(
                    "PublishCall",
                    "WatchCallSink",
                    "ChannelCall",
                    "StreamPages",
                    "SandboxWatch",
                    "StatsCalls",
                    "ProcessTail",
                    "TerminalCall",
                    "FileStreamCall",
                    "FileWriteCall")))
        .should()
        .dependOnClassesThat(resideInAPackage("io.grpc.stub.."))
        .check(CLASSES);
  }

  /** Which of our packages may use a technology. */
  private static final Map<String, String[]> LEAVES =
      Map.of(
          "io.grpc.netty..", new String[] {"platform.grpc"},
          "io.netty..", new String[] {"platform.grpc", "platform.web"},
          "io.micronaut.http..", new String[] {"platform.web"},
          "io.grpc.inprocess..", new String[] {"platform.grpc"},
          "io.github.bucket4j..", new String[] {"platform.grpc", "platform.redis"},
          "io.lettuce..", new String[] {"platform.redis"},
          "org.tomlj..", new String[] {"sandbox.teams"},
          "org.tartarus.snowball..", new String[] {"sandbox.teams"},
          "org.yaml..", new String[] {"sandbox.templates"},
          "com.github.dockerjava..", new String[] {"sandbox.runtime.docker"});

  @Test
  void technologyIsALeaf() {
    LEAVES.forEach((technology, homes) ->
        noClasses()
            .that()
            .resideOutsideOfPackages(packages(Set.of(homes)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(technology)
            .check(CLASSES));
  }

  @Test
  void aNameSaysWhatAClassIs() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Impl|Manager|Dto)").check(CLASSES);
    noClasses()
        .should()
        .haveSimpleNameStartingWith("Abstract")
        .orShould()
        .haveSimpleNameStartingWith("Base")
        .check(CLASSES);
  }

  @Test
  void everyPackageOpensWithASignAndIsNonNull() {
    List<String> unmarked =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> p.tryGetAnnotationOfType(NullMarked.class).isEmpty())
            .map(JavaPackage::getName)
            .toList();
    assertTrue(unmarked.isEmpty(), () -> "no package-info.java with @NullMarked: " + unmarked);
  }

  /** These classes and what is nested in them. */
  private static DescribedPredicate<JavaClass> named(String... names) {
    return DescribedPredicate.describe(
        "are one of " + List.of(names),
        type -> type.getName().matches(".*\\.(" + String.join("|", names) + ")(\\$.*)?"));
  }

  private static String[] packages(Set<String> nouns) {
    return nouns.stream().map(noun -> SERVER + "." + noun + "..").toArray(String[]::new);
  }
}
