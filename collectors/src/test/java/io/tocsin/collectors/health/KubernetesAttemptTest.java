package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.parts.HeldPort;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.ProbeKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the API server is asked, and what becomes of one that is slow, endless, gone or unknown. */
@Timeout(90)
class KubernetesAttemptTest {

  private static final byte[] READY =
      """
      {"kind":"Pod","metadata":{"name":"cart-1"},
       "status":{"conditions":[{"type":"Ready","status":"True"}]}}"""
          .getBytes(StandardCharsets.UTF_8);

  private final CountDownLatch never = new CountDownLatch(1);
  @TempDir Path folder;

  @AfterEach
  void stop() {
    never.countDown();
  }

  @Test
  void probesAreMarkedAndTakeTime() throws Exception {
    try (ApiServer server = new ApiServer(200, READY)) {
      OnePass pass = OnePass.of(pod(server.address(), null, null));

      assertThat(pass.probe().getKind()).isEqualTo(ProbeKind.KUBERNETES);
      assertThat(pass.probe().getLatencyUs()).isPositive();
      assertThat(server.authorized).containsExactly("null");
    }
  }

  @Test
  void theTokenIsReadAnewAtEachPass() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "first\n");
    try (ApiServer server = new ApiServer(200, READY);
        Collector collector =
            OnePass.collector(OnePass.patient(pod(server.address(), token, null)))) {
      assertThat(OnePass.of(collector).health()).isEqualTo(Health.UP);
      Files.writeString(token, "second");
      assertThat(OnePass.of(collector).health()).isEqualTo(Health.UP);

      assertThat(server.authorized).containsExactly("Bearer first", "Bearer second");
    }
  }

  @Test
  void aTokenThatIsMissingOrNoneIsUnknownAndNobodyIsAsked() throws Exception {
    Path token = folder.resolve("token");
    try (ApiServer server = new ApiServer(200, READY)) {
      OnePass missing = OnePass.of(pod(server.address(), token, null));
      assertThat(missing.told()).isEqualTo("UNKNOWN " + token + ": the file is missing");
      assertThat(missing.reasons()).containsExactly(Problem.Reason.MISSING);

      for (String none : List.of("", "two words", "x\r\nHost: other", "x".repeat(20_000), "ä")) {
        Files.writeString(token, none);
        OnePass pass = OnePass.of(pod(server.address(), token, null));
        assertThat(pass.told()).isEqualTo("UNKNOWN " + token + ": it holds no token");
        assertThat(pass.reasons()).containsExactly(Problem.Reason.UNREADABLE);
      }
      assertThat(server.asked).isEmpty();
    }
  }

  @Test
  void aServerThatNeverAnswersIsUnknownInTimeAndAskedAgain() throws Exception {
    boolean[] hang = {true};
    try (ApiServer server =
            new ApiServer(
                null,
                exchange -> {
                  if (hang[0]) {
                    await();
                  }
                  ApiServer.answer(exchange, 200, READY);
                });
        Collector collector = atFirstImpatient(pod(server.address(), null, null))) {
      OnePass silence = OnePass.of(collector);
      assertThat(silence.told())
          .isEqualTo("UNKNOWN " + server.address() + ": no answer within 400 ms");
      assertThat(silence.reasons()).containsExactly(Problem.Reason.DEADLINE);

      hang[0] = false;
      assertThat(OnePass.of(collector).health()).isEqualTo(Health.UP);
    }
  }

  @Test
  void aBodyThatIsTrickledIsUnknownInTime() throws Exception {
    try (ApiServer server =
        new ApiServer(
            null,
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              while (!await(50)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
              }
            })) {
      assertThat(OnePass.impatiently(pod(server.address(), null, null)).told())
          .endsWith("no answer within 400 ms");
    }
  }

  @Test
  void aBodyThatIsTooLongIsUnknownAndNotRead() throws Exception {
    byte[] long10 = new byte[10 * 1024 * 1024];
    Arrays.fill(long10, (byte) ' ');
    try (ApiServer server = new ApiServer(200, long10)) {
      OnePass pass = OnePass.of(pod(server.address(), null, null));

      assertThat(pass.told())
          .isEqualTo(
              "UNKNOWN "
                  + server.address()
                  + ": the answer is longer than 8 MiB: narrow the selector");
      assertThat(pass.reasons()).containsExactly(Problem.Reason.OVER_LIMIT);
    }
  }

  @Test
  void aServerThatIsNotThereIsUnknown() throws Exception {
    try (HeldPort nobody = new HeldPort()) {
      URI address = URI.create("http://127.0.0.1:" + nobody.number());
      OnePass pass = OnePass.of(pod(address, null, null));

      assertThat(pass.health()).isEqualTo(Health.UNKNOWN);
      assertThat(pass.probe().getEvidence()).contains("could not be asked");
      assertThat(pass.reasons()).containsExactly(Problem.Reason.UNREADABLE);
    }
  }

  @Test
  void aServerIsTrustedByTheCertificatesInTheFileAndByThoseOnly() throws Exception {
    SelfSigned ours = SelfSigned.in(folder);
    SelfSigned another = SelfSigned.in(folder);
    Path file = folder.resolve("ca.crt");
    try (ApiServer server = new ApiServer(ours.server(), ApiServer.answering(200, READY));
        Collector collector =
            OnePass.collector(OnePass.patient(pod(server.address(), null, file)))) {
      assertThat(OnePass.of(collector).told())
          .isEqualTo("UNKNOWN " + file + ": the file is missing");

      Files.copy(another.certificate(), file);
      OnePass untrusted = OnePass.of(collector);
      assertThat(untrusted.health()).isEqualTo(Health.UNKNOWN);
      assertThat(untrusted.probe().getEvidence()).contains("PKIX path");
      assertThat(server.asked).isEmpty();

      // Renewed certificates are read without a restart.
      Files.writeString(
          file, Files.readString(another.certificate()) + Files.readString(ours.certificate()));
      assertThat(OnePass.of(collector).told()).isEqualTo("UP pod cart-1 is ready");
    }
  }

  @Test
  void aFileWithoutCertificatesIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.crt"), "no certificate");

    OnePass pass = OnePass.of(pod(URI.create("https://127.0.0.1:1"), null, file));

    assertThat(pass.told()).startsWith("UNKNOWN " + file + ": it holds no certificates");
    assertThat(pass.reasons()).containsExactly(Problem.Reason.UNREADABLE);
  }

  private void await() {
    while (!await(1_000)) {
      // Goes on waiting for the test to end.
    }
  }

  private boolean await(long millis) {
    try {
      return never.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException over) {
      return true;
    }
  }

  private static Target pod(URI api, Path token, Path certificates) {
    return new Target.Kubernetes("shop", "cart-1", null, null, null, api, token, certificates);
  }

  private static Collector atFirstImpatient(Target target) {
    KubernetesClient client = new KubernetesClient(ServiceAccount.CA);
    return OnePass.atFirstImpatient(
        target, new KubernetesAttempt((Target.Kubernetes) target, client));
  }
}
