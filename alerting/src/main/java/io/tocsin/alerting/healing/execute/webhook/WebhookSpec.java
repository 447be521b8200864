package io.tocsin.alerting.healing.execute.webhook;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.outbound.HmacSignature;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A hook of the operator's own, called with a signed POST. Targets may be called anything that
 * needs no quoting anywhere; what they are called is in the body alone, never in the address.
 *
 * @param url where the hook listens
 * @param secret shared with the hook, which checks {@link HmacSignature} with it
 * @param headers sent as well, such as the hook's own authorization
 * @param cancelUrl called with the same body when the action did not help; null if it cannot be
 *     undone
 */
public record WebhookSpec(URI url, SecretRef secret, Map<String, String> headers, URI cancelUrl)
    implements ExecutorSpec {

  private static final Pattern OBJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]{0,252}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{0,1024}");

  /** Ours to set. */
  private static final Set<String> RESERVED =
      Set.of(
          HmacSignature.HEADER.toLowerCase(Locale.ROOT),
          "idempotency-key",
          "content-type",
          "content-length",
          "host",
          "connection",
          "transfer-encoding");

  /**
   * Checks what can be checked before it is needed.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public WebhookSpec {
    address("webhook.url", url);
    if (cancelUrl != null) {
      address("webhook.cancel-url", cancelUrl);
    }
    require(secret != null, "webhook.secret is missing: write file or env, where it stands");
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers == null ? Map.of() : headers);
    headers = Collections.unmodifiableMap(sorted);
    headers.forEach(
        (name, value) -> {
          require(
              HEADER.matcher(name).matches(),
              "webhook.headers has '" + PlainText.head(name, 80) + "', which is no header's name");
          require(
              !RESERVED.contains(name.toLowerCase(Locale.ROOT)),
              "webhook.headers must not set " + name + ": that is set by Tocsin");
          require(
              value != null && VALUE.matcher(value).matches(),
              "webhook.headers." + name + " must be one line of up to 1024 ASCII characters");
        });
  }

  private static void address(String key, URI url) {
    require(url != null, key + " is missing");
    String shown = PlainText.head(url.toString(), 120);
    require(
        "https".equals(url.getScheme()) || "http".equals(url.getScheme()),
        key + " '" + shown + "' must begin with https:// or http://");
    require(url.getHost() != null, key + " '" + shown + "' names no host");
    require(
        url.getUserInfo() == null,
        key + " must not hold a user or password; use webhook.secret or webhook.headers");
    require(url.getFragment() == null, key + " must not have a part behind #");
  }

  @Override
  public String kind() {
    return "webhook";
  }

  @Override
  public String title() {
    return "call " + PlainText.head(url.getHost(), 100);
  }

  @Override
  public boolean isDisruptive() {
    return true;
  }

  @Override
  public void checkObject(String object) {
    require(
        OBJECT.matcher(object).matches() && !object.contains(".."),
        "target is called '"
            + PlainText.head(object, 80)
            + "', which must match "
            + OBJECT.pattern()
            + " and hold no ..");
  }

  @Override
  public ActionExecutor open(ExecutorContext context) {
    return new WebhookExecutor(this, context.http(), context.clock());
  }

  /** Without the values of headers: they may be secrets. */
  @Override
  public String toString() {
    return "WebhookSpec[" + url.getHost() + ", secret in " + secret + ", " + headers.keySet() + "]";
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
