package io.tocsin.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** Principles 1 and 2 of the design, as rules that fail the build. */
@AnalyzeClasses(
    packages = "io.tocsin",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.NoTestsOfOtherModules.class
    })
class ArchitectureTest {

  /** The examples that modules share for their tests come in a jar of their own. */
  static final class NoTestsOfOtherModules implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar") && !location.contains("test-classes");
    }
  }

  /** Packages that decide or compute: functions over records. Everything around them only wires. */
  private static final String[] PURE = {
    "io.tocsin.streams.window..",
    "io.tocsin.streams.bottleneck..",
    "io.tocsin.streams.latency..",
    "io.tocsin.streams.policy..",
    "io.tocsin.streams.rollup..",
    "io.tocsin.streams.sketch..",
    "io.tocsin.alerting.detect..",
    "io.tocsin.alerting.evaluate..",
    "io.tocsin.alerting.graph..",
    "io.tocsin.alerting.incidents..",
    "io.tocsin.alerting.replay..",
    "io.tocsin.alerting.rules..",
    "io.tocsin.alerting.signal..",
    "io.tocsin.alerting.yaml..",
    "io.tocsin.alerting.healing.fleet..",
    "io.tocsin.alerting.healing.guard..",
    "io.tocsin.alerting.healing.ledger..",
    "io.tocsin.alerting.healing.audit..",
    "io.tocsin.alerting.healing.trust..",
    "io.tocsin.alerting.healing.verify..",
    "io.tocsin.alerting.notify.outbox..",
    "io.tocsin.alerting.notify.route..",
    "io.tocsin.alerting.notify.render..",
    "io.tocsin.collectors.app.mapping..",
    "io.tocsin.collectors.policy..",
    "io.tocsin.config..",
    "io.tocsin.capacity",
    "io.tocsin.capacity.choice..",
    "io.tocsin.capacity.cost..",
    "io.tocsin.capacity.forecast..",
    "io.tocsin.capacity.packing..",
    "io.tocsin.capacity.report..",
    "io.tocsin.capacity.rightsizing..",
    "io.tocsin.delivery.signal..",
    "io.tocsin.history.board..",
    "io.tocsin.sizing.."
  };

  @ArchTest
  static final ArchRule topicsAreTheOnlyInterfaceBetweenStages =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("schemas")
          .definedBy("io.tocsin.schemas..")
          .layer("collectors")
          .definedBy("io.tocsin.collectors..")
          .layer("streams")
          .definedBy("io.tocsin.streams..")
          .layer("alerting")
          .definedBy("io.tocsin.alerting..")
          .layer("program")
          .definedBy(
              "io.tocsin.bench..",
              "io.tocsin.capacity..",
              "io.tocsin.cli..",
              "io.tocsin.config..",
              "io.tocsin.delivery..",
              "io.tocsin.demo..",
              "io.tocsin.embedded..",
              "io.tocsin.history..",
              "io.tocsin.pipeline..",
              "io.tocsin.server..")
          .whereLayer("program")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("collectors")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("streams")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("alerting")
          .mayOnlyBeAccessedByLayers("program");

  @ArchTest
  static final ArchRule pureCodeKnowsNoEngine =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.apache.flink..",
              "io.confluent..",
              "io.javalin..",
              "java.net.http..",
              "com.influxdb..",
              "java.sql..");

  @ArchTest
  static final ArchRule pureCodeReadsNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone");

  @ArchTest
  static final ArchRule onlyTheEdgeTakesTheSystemClock =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.tocsin.cli..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("a Clock is handed in, so that tests decide what time it is");

  @ArchTest
  static final ArchRule nothingIsCalledUtilsHelperOrManager =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager");

  @ArchTest
  static final ArchRule classesAreFinalUnlessMadeToBeExtended =
      classes()
          .that()
          .areNotInterfaces()
          .and()
          .areNotAnonymousClasses()
          .and()
          .areNotEnums()
          .and()
          .resideOutsideOfPackage("io.tocsin.schemas")
          .should(
              ArchConditions.have(
                  DescribedPredicate.describe(
                      "modifier final or abstract",
                      (JavaClass type) ->
                          type.getModifiers().contains(JavaModifier.FINAL)
                              || type.getModifiers().contains(JavaModifier.ABSTRACT))));
}
