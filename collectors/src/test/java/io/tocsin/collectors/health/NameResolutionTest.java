package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collectors.Problem;
import io.tocsin.schemas.Health;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a name server that a test takes away. */
@Timeout(180)
class NameResolutionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Target.Network SHOP = new Target.Tcp("shop", 8080);

  private final CountDownLatch server = new CountDownLatch(1);
  private volatile boolean hangs;
  private volatile String address = "192.0.2.1";
  private long now;
  private final NameResolution names = new NameResolution(SHOP, () -> now, this::find);

  private InetAddress find(String host) throws UnknownHostException {
    if (hangs) {
      try {
        server.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    if (address == null) {
      throw new UnknownHostException(host);
    }
    return InetAddress.getByName(address);
  }

  @Test
  void aNameThatIsGoneIsTriedWhereItWas() throws Exception {
    assertThat(names.resolve(PATIENCE).problem()).isEmpty();
    address = null;
    now = TimeUnit.SECONDS.toNanos(7);

    NameResolution.Found found = names.resolve(PATIENCE);

    assertThat(found.address()).isEqualTo(new InetSocketAddress("192.0.2.1", 8080));
    assertThat(found.problem())
        .contains(
            new Problem(
                Problem.Reason.MISSING,
                "shop",
                "the name 'shop' could not be resolved; tried where it was before"));
  }

  @Test
  void aNameServerThatDoesNotAnswerLeavesTimeForTheEndpoint() throws Exception {
    names.resolve(PATIENCE);
    hangs = true;

    NameResolution.Found found = names.resolve(SHORT);

    assertThat(found.address()).isEqualTo(new InetSocketAddress("192.0.2.1", 8080));
    assertThat(found.problem().orElseThrow().reason()).isEqualTo(Problem.Reason.DEADLINE);
    assertThat(found.problem().orElseThrow().what())
        .isEqualTo("the name 'shop' was not resolved within 100 ms; tried where it was before");

    address = "192.0.2.2";
    server.countDown();
    assertThat(names.resolve(PATIENCE).address())
        .isEqualTo(new InetSocketAddress("192.0.2.2", 8080));
  }

  @Test
  void afterAnHourTheAddressMayBeAnotherOnes() throws Exception {
    names.resolve(PATIENCE);
    address = null;
    now = Duration.ofHours(1).toNanos();

    assertThatThrownBy(() -> names.resolve(PATIENCE))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("the name 'shop' could not be resolved");
  }

  @Test
  void anEndpointWhoseNameIsGoneWithItIsDown() throws Exception {
    NetworkAttempt attempt =
        new NetworkAttempt(
            names,
            (where, patience) -> Verdict.down("connection refused by " + Failure.display(where)),
            () -> now);
    assertThat(attempt.make(PATIENCE).evidence()).isEqualTo("connection refused by 192.0.2.1:8080");
    address = null;

    Verdict verdict = attempt.make(PATIENCE);

    assertThat(verdict.health()).isEqualTo(Health.DOWN);
    assertThat(verdict.evidence())
        .isEqualTo(
            "connection refused by 192.0.2.1:8080, where 'shop' was; the name is not resolved any"
                + " more");
    assertThat(verdict.problem()).isPresent();

    // Evidence that changes would be news of the incident with each check.
    now = TimeUnit.SECONDS.toNanos(7);
    hangs = true;
    assertThat(attempt.make(SHORT).evidence()).isEqualTo(verdict.evidence());
  }
}
