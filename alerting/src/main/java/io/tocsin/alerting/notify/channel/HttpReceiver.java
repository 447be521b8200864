package io.tocsin.alerting.notify.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.alerting.outbound.OutboundHttp;
import io.tocsin.alerting.outbound.OutboundHttp.Answer;
import io.tocsin.alerting.outbound.OutboundHttp.Call;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * A receiver that takes JSON over HTTP. What its answers mean is the same for all of them: 2xx is
 * accepted; 408, 425, 429 and 5xx are for later, and so is no answer at all; so is a key that it
 * does not take (401, 403, 407), a redirect and a destination that is not allowed, as the operator
 * mends those while messages wait; everything else is refused for good.
 */
public final class HttpReceiver {

  /** For one call; below what a channel has in all. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String name;
  private final OutboundHttp http;

  /**
   * A receiver.
   *
   * @param name what people call it
   */
  public HttpReceiver(String name, OutboundHttp http) {
    this.name = name;
    this.http = http;
  }

  /** The bytes of a JSON text. */
  public static byte[] json(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("only maps, lists, texts and numbers", impossible);
    }
  }

  /** What a text says, if it is JSON; else a node without fields. */
  public static JsonNode read(String text) {
    try {
      JsonNode read = MAPPER.readTree(text);
      return read == null ? MAPPER.missingNode() : read;
    } catch (JsonProcessingException noJson) {
      return MAPPER.missingNode();
    }
  }

  /**
   * Sends one call.
   *
   * @param timeout at most {@link #TIMEOUT}
   * @param accepted what an answer of 2xx means
   */
  public SendAnswer post(
      URI uri,
      Map<String, String> headers,
      byte[] body,
      Duration timeout,
      Secrets secrets,
      Function<Answer.Answered, SendAnswer> accepted)
      throws InterruptedException {
    Answer answer =
        http.send(new Call("POST", uri, headers, body, "application/json; charset=utf-8", timeout));
    if (answer instanceof Answer.Answered answered) {
      return answered.status() / 100 == 2
          ? accepted.apply(answered)
          : notAccepted(answered, secrets);
    }
    String reason =
        answer instanceof Answer.Unreachable unreachable
            ? unreachable.reason()
            : ((Answer.Forbidden) answer).reason();
    return new SendAnswer.TryAgain(name + ": " + reason, null);
  }

  private SendAnswer notAccepted(Answer.Answered answered, Secrets secrets) {
    int status = answered.status();
    String said = name + " answers " + status;
    return switch (status) {
      case 401, 403, 407 ->
          new SendAnswer.TryAgain(
              said
                  + (secrets.places().isEmpty()
                      ? ": it wants a key"
                      : ": it does not take the key in " + secrets.places())
                  + secrets.quote(answered.body()),
              answered.retryAfter());
      case 301, 302, 303, 307, 308 ->
          new SendAnswer.TryAgain(
              said + ": redirects are not followed, write the address it redirects to", null);
      default -> {
        String reason = said + secrets.quote(answered.body());
        boolean later = status == 408 || status == 425 || status == 429 || status / 100 == 5;
        yield later
            ? new SendAnswer.TryAgain(reason, answered.retryAfter())
            : new SendAnswer.Refused(reason);
      }
    };
  }
}
