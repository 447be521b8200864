package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Health;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

  private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 80);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Too many open files",
        "Cannot assign requested address (Address not available)",
        "Network is unreachable (connect failed)",
        "No buffer space available",
        "Permission denied"
      })
  void whatThisSideCouldNotDoIsUnknown(String message) {
    Throwable wrapped = new ConnectException();
    wrapped.initCause(new SocketException(message));

    Verdict verdict = Failure.verdict(wrapped, ADDRESS);

    assertThat(verdict.health()).isEqualTo(Health.UNKNOWN);
    assertThat(verdict.evidence()).contains("127.0.0.1:80").contains(message);
  }

  @Test
  void aHostThatNobodyAnswersForIsDown() {
    assertThat(Failure.verdict(new NoRouteToHostException("No route to host"), ADDRESS))
        .isEqualTo(Verdict.down("no route to 127.0.0.1:80"));
    assertThat(Failure.verdict(new ConnectException("Connection timed out"), ADDRESS).health())
        .isEqualTo(Health.DOWN);
  }

  @Test
  void aDefectOfOursIsUnknown() {
    assertThat(Failure.verdict(new IllegalStateException("defect"), ADDRESS).health())
        .isEqualTo(Health.UNKNOWN);
  }

  @Test
  void whatThePeerSaidIsShownShortAndWithoutControlCharacters() {
    IOException peers = new IOException("Invalid\u001b[31m\nanswer" + "x".repeat(1_000));

    String evidence = Failure.verdict(peers, ADDRESS).evidence();

    assertThat(evidence).contains("Invalid [31m answer").hasSizeLessThan(260);
  }
}
