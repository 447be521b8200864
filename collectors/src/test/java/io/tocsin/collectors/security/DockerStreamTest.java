package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.schemas.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DockerStreamTest {

  private final ManualTime time = new ManualTime(Examples.NOON);
  private final FakeDaemon daemon = new FakeDaemon();
  private final List<String> told = new ArrayList<>();
  private final List<Problem> lost = new ArrayList<>();
  private final DockerStream stream =
      new DockerStream(
          "/run/docker.sock",
          daemon,
          "host-1",
          event -> told.add(event.getAction()),
          lost::add,
          time::nanos,
          time);

  @Test
  void eventsAreWantedFromTheMomentItWasMade() {
    time.passes(Duration.ofSeconds(5));

    assertThat(stream.tend()).isEmpty();

    assertThat(daemon.asked()).containsExactly("1767268800.000000000");
  }

  @Test
  void aBrokenStreamGoesOnWhereItEndedWithoutLossOrRepetition() {
    stream.tend();
    happens("create");
    happens("start");
    daemon.cut();
    happens("kill");
    happens("die");
    time.passes(Duration.ofSeconds(1));
    stream.tend();
    happens("destroy");

    assertThat(told).containsExactly("create", "start", "kill", "die", "destroy");
    assertThat(lost).isEmpty();
    assertThat(daemon.open()).isEqualTo(1);
  }

  @Test
  void twoEventsOfTheSameNanosecondAreBothTold() {
    stream.tend();
    daemon.tell(time.nanos(), "create", "a");
    daemon.tell(time.nanos(), "create", "b");
    daemon.cut();
    time.passes(Duration.ofSeconds(1));
    stream.tend();

    assertThat(told).containsExactly("create", "create");
  }

  @Test
  void moreEventsThanTheDaemonKeepsAreAGapThatIsNamed() {
    stream.tend();
    happens("create");
    daemon.cut();
    IntStream.range(0, 300).forEach(i -> happens("start"));
    time.passes(Duration.ofSeconds(1));
    stream.tend();

    assertThat(told).hasSize(257);
    assertThat(lost).extracting(Problem::reason).containsExactly(Reason.MISSING);
  }

  @Test
  void aDaemonThatWasRestartedMayHaveHiddenSomething() {
    stream.tend();
    happens("create");
    daemon.restart();
    time.passes(Duration.ofSeconds(1));
    stream.tend();
    assertThat(lost).isEmpty();
    happens("start");

    assertThat(told).containsExactly("create", "start");
    assertThat(lost).hasSize(1);
  }

  @Test
  void aBrokenStreamIsAProblemUntilItIsOpenAgain() {
    stream.tend();
    daemon.cut();

    assertThat(stream.tend().orElseThrow().what()).contains("connection reset");

    time.passes(Duration.ofSeconds(1));
    assertThat(stream.tend()).isEmpty();
  }

  @Test
  void aDaemonThatHangsIsNamedAfterThreeSecondsAndAskedAgain() {
    daemon.hang();
    assertThat(stream.tend()).isEmpty();
    time.passes(Duration.ofSeconds(4));
    assertThat(stream.tend().orElseThrow().what()).contains("does not answer");
    time.passes(Duration.ofSeconds(10));
    stream.tend();
    daemon.recover();
    time.passes(Duration.ofSeconds(2));

    assertThat(stream.tend()).isEmpty();
    assertThat(daemon.asked()).hasSize(2);
    assertThat(daemon.open()).isEqualTo(1);
  }

  @Test
  void aDaemonThatFallsSilentIsAskedAgain() {
    stream.tend();
    happens("create");
    time.passes(Duration.ofSeconds(31));
    assertThat(stream.tend()).isEmpty();
    assertThat(daemon.asked()).hasSize(2);
    happens("start");

    daemon.hang();
    time.passes(Duration.ofSeconds(31));
    stream.tend();
    time.passes(Duration.ofSeconds(4));
    assertThat(stream.tend().orElseThrow().what()).contains("does not answer");
    assertThat(told).containsExactly("create", "start");
    assertThat(lost).isEmpty();
  }

  @Test
  void aDaemonThatHangsUpAgainAndAgainIsAskedLessAndLessOften() {
    for (int second = 0; second < 600; second++) {
      int before = daemon.asked().size();
      stream.tend();
      if (daemon.asked().size() > before) {
        daemon.cut();
      }
      time.passes(Duration.ofSeconds(1));
    }

    assertThat(daemon.asked()).hasSizeBetween(20, 25);
    assertThat(daemon.open()).isZero();
  }

  private void happens(String action) {
    time.passes(Duration.ofMillis(1));
    daemon.tell(time.nanos(), action, "c".repeat(64));
  }
}
