package io.tocsin.alerting.healing.execute.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.outbound.HmacSignature;
import io.tocsin.alerting.outbound.OutboundHttp;
import io.tocsin.alerting.outbound.OutboundHttp.Answer;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookExecutorTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final URI HOOK = URI.create("https://hooks.example.com/heal");
  private static final URI CANCEL = URI.create("https://hooks.example.com/cancel");
  private static final Order ORDER =
      new Order(
          "heal-it", "endpoint/shop", "web-1", "plan-1", "inc-1", 2, 7, Duration.ofSeconds(5));

  @TempDir private Path temporary;
  private Path secret;
  private final List<OutboundHttp.Call> calls = new ArrayList<>();
  private Answer answer = new Answer.Answered(202, null, "");

  @BeforeEach
  void secret() throws Exception {
    secret = Files.writeString(temporary.resolve("secret"), "s3cret\n");
  }

  private WebhookExecutor executor(URI cancelUrl) {
    OutboundHttp http =
        call -> {
          calls.add(call);
          return answer;
        };
    return new WebhookExecutor(
        new WebhookSpec(HOOK, SecretRef.in(secret), Map.of("X-Team", "shop"), cancelUrl),
        http,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void theBodyIsSignedAndHasWhatTheHookNeeds() throws Exception {
    assertThat(executor(null).execute(ORDER).succeeded()).isTrue();
    OutboundHttp.Call call = calls.get(0);
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.uri()).isEqualTo(HOOK);
    assertThat(call.timeout()).isEqualTo(ORDER.timeout());
    assertThat(call.headers()).containsEntry("Idempotency-Key", "plan-1");
    assertThat(call.headers()).containsEntry("X-Team", "shop");
    assertThat(
            HmacSignature.verify(
                "s3cret", call.headers().get(HmacSignature.HEADER), call.body(), NOW))
        .isInstanceOf(HmacSignature.Verdict.Genuine.class);
    JsonNode body = new ObjectMapper().readTree(call.body());
    assertThat(body)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "{'action':'heal-it','target':'endpoint/shop','object':'web-1','plan':'plan-1',"
                            .replace('\'', '"')
                        + "'incident':'inc-1','attempt':2,'epoch':7,".replace('\'', '"')
                        + "'at':'2026-01-01T12:00:00Z','cancel':false}".replace('\'', '"')));
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 301, 302, 400, 404, 500, 503})
  void anythingButTwoHundredsIsAFailureWithStatusAndOnePlainLine(int status) throws Exception {
    answer = new Answer.Answered(status, null, "no\r\nsuch\u0007 thing " + "x".repeat(4000));
    ActionOutcome outcome = executor(null).execute(ORDER);
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.reason())
        .startsWith("web-1: the hook answered " + status + ": no such thing x")
        .hasSizeLessThan(300);
  }

  @Test
  void whatWasNotSentOrNotAnsweredIsAFailure() throws Exception {
    answer = new Answer.Forbidden("leads to a private address");
    assertThat(executor(null).execute(ORDER).reason())
        .isEqualTo("the hook was not called: leads to a private address");
    answer = new Answer.Unreachable("refused");
    assertThat(executor(null).execute(ORDER).reason()).contains("hooks.example.com: refused");
  }

  @Test
  void withoutItsSecretTheHookIsNotCalled() throws Exception {
    Files.delete(secret);
    ActionOutcome outcome = executor(null).execute(ORDER);
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.reason()).contains("was not called", secret.toString());
    assertThat(calls).isEmpty();
  }

  @Test
  void compensationCallsTheCancelAddressUnderAKeyOfItsOwn() throws Exception {
    assertThat(executor(null).compensate(ORDER, TargetState.of(""))).isEmpty();
    assertThat(executor(CANCEL).compensate(ORDER, TargetState.of("")).orElseThrow().succeeded())
        .isTrue();
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).uri()).isEqualTo(CANCEL);
    assertThat(calls.get(0).headers()).containsEntry("Idempotency-Key", "plan-1:cancel");
    assertThat(new ObjectMapper().readTree(calls.get(0).body()).get("cancel").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.com/",
        "https:///x",
        "https://me:pass@example.com/",
        "https://e.com/#x",
        "x"
      })
  void anAddressThatIsNoneIsNamed(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebhookSpec(URI.create(url), SecretRef.in(secret), null, null))
        .withMessageContaining("webhook.url")
        .withMessageNotContaining("pass@");
  }

  @Test
  void headersOfOursOrOfSeveralLinesAreRefused() {
    for (Map<String, String> headers :
        List.of(
            Map.of("tocsin-signature", "t=1"),
            Map.of("Host", "other"),
            Map.of("A b", "x"),
            Map.of("X-A", "x\r\nX-B: y"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new WebhookSpec(HOOK, SecretRef.in(secret), headers, null))
          .withMessageContaining("webhook.headers");
    }
  }

  @Test
  void whatIsLoggedOfItHoldsNoHeadersValue() {
    assertThat(
            new WebhookSpec(HOOK, SecretRef.in(secret), Map.of("Authorization", "Bearer x1"), null)
                .toString())
        .doesNotContain("x1");
  }
}
