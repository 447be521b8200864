package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Problem;
import io.tocsin.schemas.Examples;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a collector makes of a row of verdicts. */
class HealthCollectorHysteresisTest {

  private final Deque<Verdict> verdicts = new ArrayDeque<>();
  private boolean closed;

  @Test
  void theOldHealthHoldsWhileFailuresAreFew() throws Exception {
    HealthCollector collector = collector(0, 2, 2);
    verdicts.addAll(
        List.of(
            Verdict.up("ok"),
            Verdict.up("ok"),
            Verdict.down("refused"),
            Verdict.down("refused"),
            Verdict.up("ok")));

    assertThat(OnePass.of(collector).told()).isEqualTo("UNKNOWN healthy 1 of 2: ok");
    assertThat(OnePass.of(collector).told()).isEqualTo("UP ok");
    OnePass held = OnePass.of(collector);
    assertThat(held.told()).isEqualTo("UP failing 1 of 2: refused");
    assertThat(held.probe().getLatencyUs()).isNull();
    assertThat(OnePass.of(collector).told()).isEqualTo("DOWN refused");
    assertThat(OnePass.of(collector).told()).isEqualTo("DOWN healthy 1 of 2: ok");
  }

  @Test
  void theAttemptsOfOnePassCountOnce() throws Exception {
    HealthCollector collector = collector(2, 1, 2);
    verdicts.addAll(
        List.of(Verdict.up("ok"), Verdict.down("1"), Verdict.down("2"), Verdict.down("3")));

    OnePass.of(collector);
    OnePass failing = OnePass.of(collector);

    assertThat(failing.told()).isEqualTo("UP failing 1 of 2: 3");
    assertThat(failing.probe().getAttempts()).isEqualTo(3);
  }

  @Test
  void aProblemIsReportedBesideTheProbe() throws Exception {
    HealthCollector collector = collector(0, 1, 1);
    Problem problem = new Problem(Problem.Reason.MISSING, "/run/x", "it is not there");
    verdicts.add(Verdict.unknown(problem));

    OnePass pass = OnePass.of(collector);

    assertThat(pass.told()).isEqualTo("UNKNOWN /run/x: it is not there");
    assertThat(pass.problems()).containsExactly(problem);
  }

  @Test
  void hostileEvidenceIsMadeHarmless() throws Exception {
    HealthCollector collector = collector(0, 1, 1);
    verdicts.add(Verdict.wrong("a\nb\u001b" + "x".repeat(1_000)));

    assertThat(OnePass.of(collector).probe().getEvidence())
        .startsWith("a\\nb\\u001bxxx")
        .hasSize(Evidence.LIMIT);
  }

  @Test
  void closingLetsGoOfWhatTheAttemptKeeps() {
    collector(0, 1, 1).close();

    assertThat(closed).isTrue();
  }

  private HealthCollector collector(int retries, int rise, int fall) {
    HealthCheck check =
        new HealthCheck(
            "shop",
            null,
            null,
            new Target.Tcp("127.0.0.1", 1),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            retries,
            Duration.ofMillis(1),
            rise,
            fall);
    Attempt attempt =
        new Attempt() {
          @Override
          public Verdict make(Duration patience) {
            return verdicts.remove();
          }

          @Override
          public void close() {
            closed = true;
          }
        };
    return new HealthCollector(
        check, attempt, Clock.fixed(Examples.NOON, ZoneOffset.UTC), System::nanoTime);
  }
}
