package io.tocsin.alerting.healing.execute.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.Stopwatch;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.outbound.HmacSignature;
import io.tocsin.alerting.outbound.OutboundHttp;
import io.tocsin.alerting.outbound.OutboundHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Calls a hook and takes a status of 2xx for success. The header {@code Idempotency-Key} is the
 * plan's id, so that a hook can tell a repeat from another plan.
 */
final class WebhookExecutor implements ActionExecutor {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BODY_CHARS = 150;

  private final WebhookSpec spec;
  private final OutboundHttp http;
  private final Clock clock;

  WebhookExecutor(WebhookSpec spec, OutboundHttp http, Clock clock) {
    this.spec = spec;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public TargetState look(Order order) {
    return TargetState.of("not looked at: the hook at " + spec.url().getHost() + " knows it alone");
  }

  @Override
  public ActionOutcome execute(Order order) throws InterruptedException {
    return call(order, spec.url(), false);
  }

  @Override
  public Optional<ActionOutcome> compensate(Order order, TargetState before)
      throws InterruptedException {
    return spec.cancelUrl() == null
        ? Optional.empty()
        : Optional.of(call(order, spec.cancelUrl(), true));
  }

  private ActionOutcome call(Order order, URI url, boolean cancel) throws InterruptedException {
    Stopwatch watch = Stopwatch.start();
    try {
      spec.checkObject(order.object());
      Instant now = clock.instant();
      byte[] body = JSON.writeValueAsBytes(body(order, now, cancel));
      Map<String, String> headers = new HashMap<>(spec.headers());
      headers.put(HmacSignature.HEADER, HmacSignature.sign(spec.secret().read(), now, body));
      headers.put("Idempotency-Key", order.planId() + (cancel ? ":cancel" : ""));
      Answer answer =
          http.send(
              new OutboundHttp.Call(
                  "POST", url, headers, body, "application/json", order.timeout()));
      return outcome(order, url, answer, watch);
    } catch (IllegalArgumentException hostile) {
      return watch.failed(hostile.getMessage());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a table of texts is always JSON", impossible);
    } catch (IOException noSecret) {
      return watch.failed("the hook was not called: " + noSecret.getMessage());
    }
  }

  /** In the order in which the documentation has it. */
  private static Map<String, Object> body(Order order, Instant now, boolean cancel) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("action", order.action());
    body.put("target", order.targetId());
    body.put("object", order.object());
    body.put("plan", order.planId());
    body.put("incident", order.incidentId());
    body.put("attempt", order.attempt());
    body.put("epoch", order.epoch());
    body.put("at", now.toString());
    body.put("cancel", cancel);
    return body;
  }

  private static ActionOutcome outcome(Order order, URI url, Answer answer, Stopwatch watch) {
    if (answer instanceof Answer.Answered answered) {
      boolean succeeded = answered.status() / 100 == 2;
      String text = answered.body() == null ? "" : PlainText.head(answered.body(), BODY_CHARS);
      String said =
          "%s: the hook answered %d%s"
              .formatted(
                  PlainText.head(order.object(), 80),
                  answered.status(),
                  text.isEmpty() ? "" : ": " + text);
      return succeeded ? watch.succeeded(said) : watch.failed(said);
    }
    if (answer instanceof Answer.Unreachable unreachable) {
      return watch.failed("the hook at " + url.getHost() + ": " + unreachable.reason());
    }
    return watch.failed("the hook was not called: " + ((Answer.Forbidden) answer).reason());
  }
}
