package io.clawlive.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The command line stands on the SDK alone. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.clawlive.cli");

  @Test
  void nothingReachesPastTheSdk() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.grpc..", "io.netty..", "io.clawlive.server..", "io.clawlive.sdk.internal..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("io\\.clawlive\\..*Grpc(\\$.*)?")
        .check(CLASSES);
  }
}
