package io.tocsin.collectors.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Problem;
import io.tocsin.schemas.Health;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramProberTest {

  private final UdpTarget target = new UdpTarget("192.0.2.1", 1, 3, 32, Duration.ofMillis(10));
  private final NetworkPath path =
      Paths.path(target, Duration.ofSeconds(1), Duration.ofMillis(300), 100);
  private long now = 1_000;

  /** Answers after 7 ms by the clock of the test, until it is told to fail. */
  private final class FakeLink implements DatagramLink {

    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final List<Long> sentAt = new ArrayList<>();
    private String error;
    private boolean closed;

    @Override
    public void send(ByteBuffer probe) throws IOException {
      if (error != null) {
        throw new IOException(error);
      }
      byte[] bytes = new byte[probe.remaining()];
      probe.get(bytes);
      answers.add(bytes);
      sentAt.add(now);
    }

    @Override
    public boolean receive(ByteBuffer into, long patienceNanos) {
      if (answers.isEmpty()) {
        now += patienceNanos;
        return false;
      }
      now += 7_000_000;
      into.clear().put(answers.poll()).flip();
      return true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final List<FakeLink> links = new ArrayList<>();

  private DatagramProber prober(String errorOfNew) {
    return new DatagramProber(
        target,
        path,
        new Names("192.0.2.1", () -> now),
        address -> {
          if ("not permitted".equals(errorOfNew)) {
            throw new NotPermittedException("ask somebody");
          }
          FakeLink link = new FakeLink();
          link.error = errorOfNew;
          links.add(link);
          return link;
        },
        () -> now);
  }

  @Test
  void probesGoOutAtASteadyPaceOverOneLink() throws Exception {
    DatagramProber prober = prober(null);
    Outcome outcome = prober.probe();
    prober.probe();

    assertThat(outcome.health()).isEqualTo(Health.UP);
    assertThat(outcome.latencyUs()).isEqualTo(7_000);
    assertThat(outcome.path().getJitterUs()).isZero();
    assertThat(links).hasSize(1);
    List<Long> sentAt = links.get(0).sentAt;
    assertThat(sentAt.get(1) - sentAt.get(0)).isEqualTo(10_000_000);
    assertThat(sentAt.get(2) - sentAt.get(1)).isEqualTo(10_000_000);
  }

  @Test
  void anErrorOnAKeptLinkIsTriedAgainOnANewOne() throws Exception {
    DatagramProber prober = prober(null);
    prober.probe();
    links.get(0).error = "Connection refused";
    Outcome outcome = prober.probe();

    assertThat(outcome.health()).isEqualTo(Health.UP);
    assertThat(outcome.attempts()).isEqualTo(2);
    assertThat(links.get(0).closed).isTrue();
  }

  @Test
  void anErrorOfOurOwnMachineIsUnknown() throws Exception {
    Outcome outcome = prober("Operation not permitted").probe();
    assertThat(outcome.health()).isEqualTo(Health.UNKNOWN);
    assertThat(outcome.evidence()).contains("from here");
  }

  @Test
  void whatIsNotPermittedIsUnknownAndAProblem() throws Exception {
    Outcome outcome = prober("not permitted").probe();
    assertThat(outcome.health()).isEqualTo(Health.UNKNOWN);
    assertThat(outcome.problems())
        .containsExactly(new Problem(Problem.Reason.REFUSED, "192.0.2.1:1", "ask somebody"));
  }
}
