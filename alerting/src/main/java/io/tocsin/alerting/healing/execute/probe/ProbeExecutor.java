package io.tocsin.alerting.healing.execute.probe;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.BoundedCalls;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.Stopwatch;
import io.tocsin.alerting.healing.execute.TargetState;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Looks at a target some times and says what it saw. To have looked is to have succeeded, whatever
 * was seen: whether the target is healthy is for the verification to decide.
 */
final class ProbeExecutor implements ActionExecutor {

  /** The first status that means the request failed; anything below was served. */
  private static final int FIRST_FAILURE = 400;

  private final BoundedCalls calls = new BoundedCalls("tocsin-probe");
  private final ProbeSpec spec;
  private final HttpClient http;

  ProbeExecutor(ProbeSpec spec) {
    this.spec = spec;
    // The redirect itself proves that it answers, and leads where nobody has configured.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(spec.timeout())
            .build();
  }

  @Override
  public TargetState look(Order order) {
    return TargetState.of("not looked at before: looking is what this action does");
  }

  @Override
  public ActionOutcome execute(Order order) throws InterruptedException {
    Stopwatch watch = Stopwatch.start();
    try {
      spec.checkObject(order.object());
    } catch (IllegalArgumentException hostile) {
      return watch.failed(hostile.getMessage());
    }
    int up = 0;
    int tries = 0;
    String last = "";
    while (tries < spec.attempts() && !watch.left(order.timeout()).isZero()) {
      Stopwatch one = Stopwatch.start();
      Look look = look(order.object(), shorter(spec.timeout(), watch.left(order.timeout())));
      tries++;
      up += look.isUp() ? 1 : 0;
      last = "%s in %d ms".formatted(look.words(), one.elapsed().toMillis());
      if (tries < spec.attempts()) {
        Thread.sleep(shorter(one.left(spec.every()), watch.left(order.timeout())).toMillis());
      }
    }
    String seen = up == tries ? "UP" : up == 0 ? "DOWN" : "UNKNOWN";
    String words =
        "%s: %d of %d looks at %s found it up; the last: %s"
            .formatted(seen, up, tries, head(order.object()), last);
    return tries == 0 ? watch.failed("there was no time to look") : watch.succeeded(words);
  }

  private static String head(String object) {
    return PlainText.head(object, 100);
  }

  private record Look(boolean isUp, String words) {}

  private Look look(String object, Duration limit) throws InterruptedException {
    try {
      // Looking a name up has no limit of its own.
      return calls.call(
          () ->
              ProbeSpec.socket(object).isPresent()
                  ? connect(ProbeSpec.socket(object).get(), limit)
                  : get(ProbeSpec.url(object).orElseThrow(), limit),
          limit);
    } catch (TimeoutException late) {
      return new Look(false, "no answer");
    } catch (ExecutionException failed) {
      Throwable why = failed.getCause();
      return new Look(false, why.getMessage() == null ? why.toString() : why.getMessage());
    }
  }

  private static Look connect(ProbeSpec.Socket target, Duration limit) throws Exception {
    InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException("there is no host of that name");
    }
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      socket.connect(address, (int) Math.max(1, limit.toMillis()));
      return new Look(true, "connected");
    }
  }

  private Look get(URI url, Duration limit) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(limit).GET().build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    response.body().close(); // its length is of no interest here, and may have no end
    return new Look(response.statusCode() < FIRST_FAILURE, "answered " + response.statusCode());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    calls.close();
  }
}
