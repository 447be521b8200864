package io.tocsin.alerting.healing.execute.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.BadPeer;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.Trouble;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ProbeExecutorTest {

  /** For what answers, soon or, on a busy machine, late. */
  private static final ProbeSpec THREE =
      new ProbeSpec(3, Duration.ofMillis(20), Duration.ofSeconds(15));

  /** For what does not answer. */
  private static final ProbeSpec HASTY =
      new ProbeSpec(3, Duration.ofMillis(20), Duration.ofMillis(300));

  private static ActionOutcome run(ProbeSpec spec, String object, Duration timeout)
      throws InterruptedException {
    try (ProbeExecutor executor = new ProbeExecutor(spec)) {
      return executor.execute(
          new Order("look", "endpoint/shop", object, "plan-1", "incident-1", 1, 7, timeout));
    }
  }

  private static ActionOutcome run(String object) throws InterruptedException {
    return run(THREE, object, Duration.ofSeconds(60));
  }

  /** What it says of a server that answers its n-th request with some status. */
  private static ActionOutcome ofServer(IntUnaryOperator status) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger requests = new AtomicInteger();
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
          exchange.sendResponseHeaders(status.applyAsInt(requests.incrementAndGet()), -1);
          exchange.close();
        });
    server.start();
    try {
      return run("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void saysUpWhereEveryLookFoundItUp() throws Exception {
    ActionOutcome outcome = ofServer(n -> 200);
    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.reason()).startsWith("UP: 3 of 3 looks").contains("answered 200 in");
  }

  @Test
  void aRedirectIsAnAnswerAndIsNotFollowed() throws Exception {
    assertThat(ofServer(n -> 302).reason()).startsWith("UP").contains("answered 302");
  }

  @Test
  void anErrorIsDown() throws Exception {
    assertThat(ofServer(n -> 503).reason()).startsWith("DOWN: 0 of 3").contains("answered 503");
  }

  @Test
  void nowAndThenIsUnknown() throws Exception {
    assertThat(ofServer(n -> n == 2 ? 500 : 200).reason()).startsWith("UNKNOWN: 2 of 3");
  }

  @ParameterizedTest
  @EnumSource
  void troubleOfTheTargetIsSeenAndNoFailureOfTheLook(Trouble trouble) throws Exception {
    try (BadPeer peer = BadPeer.in(trouble)) {
      ActionOutcome outcome =
          run(HASTY, "http://127.0.0.1:" + peer.port() + "/", Duration.ofSeconds(60));
      assertThat(outcome.succeeded()).isTrue();
      assertThat(outcome.reason()).startsWith("DOWN: 0 of 3 looks at http://127.0.0.1:");
    }
  }

  @Test
  void aPortThatTakesConnectionsIsUp() throws Exception {
    try (BadPeer peer = BadPeer.in(Trouble.HANGING)) {
      assertThat(run("tcp:127.0.0.1:" + peer.port()).reason())
          .startsWith("UP: 3 of 3")
          .contains("connected");
    }
    try (BadPeer peer = BadPeer.in(Trouble.AWAY)) {
      assertThat(run("tcp:127.0.0.1:" + peer.port()).reason()).startsWith("DOWN: 0 of 3");
    }
  }

  @Test
  void theOrdersTimeEndsTheLooks() throws Exception {
    try (BadPeer peer = BadPeer.in(Trouble.HANGING)) {
      ActionOutcome outcome =
          run(
              new ProbeSpec(20, Duration.ZERO, Duration.ofSeconds(30)),
              "http://127.0.0.1:" + peer.port() + "/",
              Duration.ofSeconds(4)); // not over before the first look, on a slow machine too
      assertThat(outcome.reason()).startsWith("DOWN: 0 of 1");
    }
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    try (BadPeer peer = BadPeer.in(Trouble.HANGING)) {
      ProbeSpec patient = new ProbeSpec(20, Duration.ZERO, Duration.ofSeconds(30));
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread thread =
          new Thread(
              () ->
                  end.set(
                      catchThrowable(
                          () ->
                              run(
                                  patient,
                                  "http://127.0.0.1:" + peer.port() + "/",
                                  Duration.ofMinutes(5)))));
      thread.start();
      thread.join(200);
      thread.interrupt();
      thread.join();
      assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp:127.0.0.1:80",
        "tcp:[::1]:80",
        "tcp:db.example.com:5432",
        "https://shop.example.com/health?deep=1&x=y",
        "http://[::1]:8080/",
        "http://shop"
      })
  void theseAreTargets(String object) {
    assertThatCode(() -> THREE.checkObject(object)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp:127.0.0.1", "tcp:127.0.0.1:0", "tcp:127.0.0.1:65536", "tcp:-x:80", "udp:127.0.0.1:80",
        "file:///etc/passwd", "http://", "http:///x", "http://me@shop/", "http://shop/../x",
        "http://shop/$(id)", "http://shop:99999/", "http://shop/ x", "ftp://shop/"
      })
  void theseAreNone(String object) {
    assertThatIllegalArgumentException().isThrownBy(() -> THREE.checkObject(object));
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProbeSpec(0, null, null))
        .withMessageContaining("probe.attempts");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProbeSpec(null, null, Duration.ZERO))
        .withMessageContaining("probe.timeout");
  }
}
