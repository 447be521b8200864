package io.tocsin.alerting.healing.execute.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Looks;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.haproxy.HaproxySpec.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class HaproxyExecutorTest {

  private static final String ONE = "shop/web-1";
  private static final String TWO = "shop/web-2";

  private static final Duration PATIENT = Duration.ofSeconds(30);

  @TempDir private Path temporary;
  private FakeHaproxy haproxy;

  @BeforeEach
  void start() throws IOException {
    haproxy = new FakeHaproxy(temporary, ONE, TWO, "till/web-1");
  }

  @AfterEach
  void stop() throws IOException {
    haproxy.close();
  }

  private static Order order(Duration timeout) {
    return new Order("drain", "endpoint/shop", ONE, "plan-1", "incident-1", 1, 7, timeout);
  }

  private HaproxySpec spec(Operation operation) {
    return new HaproxySpec(
        operation,
        haproxy.socket,
        null,
        operation == Operation.WEIGHT ? 0 : null,
        operation == Operation.SWITCH ? TWO : null);
  }

  /** One that a busy machine does not keep from putting back what it has begun. */
  private HaproxyExecutor executor(Operation operation) {
    return new HaproxyExecutor(spec(operation), PATIENT);
  }

  private ActionOutcome run(Operation operation) throws InterruptedException {
    try (HaproxyExecutor executor = executor(operation)) {
      return executor.execute(order(PATIENT));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"DRAIN", "MAINT", "WEIGHT"})
  void theLastServerThatGetsTrafficIsLeftAlone(Operation operation) throws Exception {
    haproxy.servers.get(TWO).operational = 0;
    Map<String, String> before = haproxy.state();
    ActionOutcome outcome = run(operation);
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.reason()).contains("left alone", "no other server of shop gets traffic");
    assertThat(haproxy.state()).isEqualTo(before);
    assertThat(haproxy.commands).noneMatch(command -> command.startsWith("set"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"DRAIN", "MAINT", "WEIGHT"})
  void whatTookTheLastOneAwayBecauseSomebodyElseWasAtWorkTooIsUndone(Operation operation)
      throws Exception {
    Map<String, String> before = haproxy.state();
    haproxy.afterwards = command -> haproxy.servers.get(TWO).operational = 0;
    ActionOutcome outcome = run(operation);
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.reason()).contains("went away meanwhile");
    assertThat(haproxy.state()).isEqualTo(before);
  }

  @Test
  void aServerThatCannotTakeOverIsPutBackAndTheOtherOneStays() throws Exception {
    haproxy.servers.get(TWO).admin = 1;
    haproxy.servers.get(TWO).operational = 0;
    Map<String, String> before = haproxy.state();
    try (HaproxyExecutor executor = executor(Operation.SWITCH)) {
      // All of it is waited for; what comes before the waiting has to be over by then.
      ActionOutcome outcome = executor.execute(order(Duration.ofSeconds(5)));
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.reason()).contains("does not take over", "was set back");
    }
    assertThat(haproxy.state()).isEqualTo(before);
    assertThat(haproxy.commands).noneMatch(command -> command.startsWith("set server " + ONE));
  }

  @Test
  void whatSomebodyElseHasChangedSinceIsNotSetBack() throws Exception {
    try (HaproxyExecutor executor = executor(Operation.DRAIN)) {
      Order order = order(PATIENT);
      TargetState before = Looks.seen(executor, order);
      assertThat(executor.execute(order).succeeded()).isTrue();
      haproxy.servers.get(ONE).admin = 1;
      ActionOutcome outcome = executor.compensate(order, before).orElseThrow();
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.reason()).contains("changed by somebody else");
      assertThat(haproxy.servers.get(ONE).admin).isEqualTo(1);
    }
  }

  @Test
  void aServerInMaintenanceHasAnOwnerUnlessItIsToBeMadeReady() throws Exception {
    haproxy.servers.get(ONE).admin = 1;
    for (Operation operation : Operation.values()) {
      try (HaproxyExecutor executor = executor(operation)) {
        assertThat(Looks.seen(executor, order(PATIENT)).owner().isPresent())
            .isEqualTo(operation != Operation.READY);
      }
    }
  }

  @Test
  void maintenanceThatComesFromTheConfigurationIsSaidToStay() throws Exception {
    haproxy.afterwards = command -> haproxy.servers.get(ONE).admin = 4;
    ActionOutcome outcome = run(Operation.READY);
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.reason()).contains("not for the runtime API to change");
  }

  @Test
  void aSocketThatMayOnlyReadIsSaidWithWhatToDo() throws Exception {
    haproxy.refusal = "Permission denied";
    assertThat(run(Operation.DRAIN).reason()).contains("level admin");
    haproxy.refusal = "Cannot change\tthis\u0007 server";
    assertThat(run(Operation.DRAIN).reason()).contains("refuses: Cannot change this server");
  }

  @Test
  void whatIsSeenHasStateWeightSessionsAndCheck() throws Exception {
    haproxy.servers.get(TWO).weight = 7;
    try (HaproxyExecutor executor = executor(Operation.SWITCH)) {
      TargetState seen = Looks.seen(executor, order(PATIENT));
      assertThat(seen.words()).contains("ready, up, weight 100", "0 sessions", "1 other servers");
      assertThat(seen.facts())
          .isEqualTo(
              Map.of("state", "ready", "weight", "100", "to.state", "ready", "to.weight", "7"));
    }
  }

  @Test
  void aSwitchIsWithinOneBackend() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> spec(Operation.SWITCH).checkObject("till/web-1"))
        .withMessageContaining("haproxy.to");
    assertThatIllegalArgumentException().isThrownBy(() -> spec(Operation.SWITCH).checkObject(TWO));
  }

  @Test
  void keysThatDoNotBelongTogetherAreNamed() {
    Path socket = Path.of("/s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HaproxySpec(Operation.DRAIN, null, null, null, null))
        .withMessageContaining("socket and tcp");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HaproxySpec(Operation.WEIGHT, socket, null, null, null))
        .withMessageContaining("haproxy.weight");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HaproxySpec(Operation.WEIGHT, socket, null, 257, null))
        .withMessageContaining("0 to 256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HaproxySpec(Operation.SWITCH, socket, null, null, null))
        .withMessageContaining("haproxy.to");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HaproxySpec(Operation.DRAIN, null, "localhost", null, null))
        .withMessageContaining("haproxy.tcp");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HaproxySpec(Operation.DRAIN, null, "localhost:70000", null, null))
        .withMessageContaining("haproxy.tcp");
  }

  @Property
  void anyAnswerIsServersOrAnIoException(@ForAll String answer) {
    for (String text : new String[] {answer, "1\n# be_name srv_name\n" + answer}) {
      try {
        Server.parse(text);
      } catch (IOException expected) {
        assertThat(expected.getMessage()).contains("table of servers");
      }
    }
  }

  @Test
  void aTableWithoutTheColumnsIsAnError() {
    assertThatIOException().isThrownBy(() -> Server.parse("1\n# be_name\nshop\n"));
    assertThatIOException().isThrownBy(() -> Server.parse("nonsense"));
  }
}
