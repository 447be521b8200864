package io.tocsin.alerting.outbound;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Calls that go where {@link OutboundRules} let them and nowhere else. A host's name is resolved
 * once, every address it stands for is judged, and only those addresses are connected to, so that a
 * name server that changes its answer gains nothing. Each call has a connection of its own, as one
 * that is used again would skip the judgement. No redirects, no proxy of the environment.
 *
 * <p>Reasons name the host alone: paths, queries and headers hold secrets.
 */
public final class PinnedHttp implements OutboundHttp {

  /** Calls at a time; one more is unreachable at once. A hanging name server holds some of them. */
  private static final int CALLS = 32;

  private static final int BODY_BYTES = 4 << 10;
  private static final Pattern METHOD = Pattern.compile("GET|POST|PUT|DELETE");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

  private final OutboundRules rules;
  private final Clock clock;
  private final Dns names;
  private final OkHttpClient base;
  private final ThreadPoolExecutor threads;

  /**
   * A client that keeps to the rules.
   *
   * @param clock for receivers that name a date after which they may be asked again
   */
  public PinnedHttp(OutboundRules rules, Clock clock) {
    this(rules, clock, Dns.SYSTEM);
  }

  PinnedHttp(OutboundRules rules, Clock clock, Dns names) {
    this.rules = rules;
    this.clock = clock;
    this.names = names;
    this.base =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .protocols(List.of(Protocol.HTTP_1_1))
            .build();
    this.threads =
        new ThreadPoolExecutor(
            0, CALLS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), PinnedHttp::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "outbound-http");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Answer send(Call call) throws InterruptedException {
    Optional<String> wrong = problem(call);
    if (wrong.isPresent()) {
      return new Answer.Forbidden(wrong.get());
    }
    HttpUrl url = HttpUrl.parse(call.uri().toString());
    if (url == null || !url.username().isEmpty() || !url.password().isEmpty()) {
      return new Answer.Forbidden("the address is none of a web server");
    }
    AtomicReference<okhttp3.Call> running = new AtomicReference<>();
    Future<Answer> answer;
    try {
      answer = threads.submit(() -> send(call, url, running));
    } catch (RejectedExecutionException full) {
      return new Answer.Unreachable("more than " + CALLS + " calls are waiting for an answer");
    }
    try {
      return answer.get(call.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return noAnswer(url, call.timeout());
    } catch (ExecutionException broken) {
      return new Answer.Unreachable(
          url.host() + ": " + broken.getCause().getClass().getSimpleName());
    } finally {
      answer.cancel(true);
      okhttp3.Call open = running.get();
      if (open != null) {
        open.cancel();
      }
    }
  }

  private static Optional<String> problem(Call call) {
    String scheme = call.uri().getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      return Optional.of("the address must begin with http:// or https://");
    }
    if (call.uri().getHost() == null || call.uri().getRawUserInfo() != null) {
      return Optional.of("the address must name a host, and no user before it");
    }
    if (!METHOD.matcher(call.method()).matches()) {
      return Optional.of("the method must be one of GET, POST, PUT and DELETE");
    }
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      if (!HEADER_NAME.matcher(header.getKey()).matches()
          || !HEADER_VALUE.matcher(header.getValue()).matches()) {
        return Optional.of(
            "a header has a character that headers must not have: only printable ASCII may stand"
                + " there");
      }
    }
    return Optional.empty();
  }

  private Answer send(Call call, HttpUrl url, AtomicReference<okhttp3.Call> running) {
    long began = System.nanoTime();
    List<InetAddress> addresses;
    try {
      addresses = List.copyOf(names.lookup(url.host()));
    } catch (UnknownHostException unknown) {
      return new Answer.Unreachable("the name " + url.host() + " is not known");
    }
    for (InetAddress address : addresses) {
      Optional<String> why = rules.forbids(url.host(), address);
      if (why.isPresent()) {
        return new Answer.Forbidden(url.host() + ": " + why.get());
      }
    }
    Duration left = call.timeout().minusNanos(System.nanoTime() - began);
    if (addresses.isEmpty() || left.toMillis() < 1) {
      return noAnswer(url, call.timeout());
    }
    okhttp3.Call ready = client(addresses, left).newCall(request(call, url));
    running.set(ready);
    try (Response response = ready.execute()) {
      return new Answer.Answered(
          response.code(),
          RetryAfter.parse(response.header("Retry-After"), clock.instant()),
          text(response.body().source()));
    } catch (IOException failed) {
      return unreachable(failed, url, call.timeout());
    }
  }

  private OkHttpClient client(List<InetAddress> addresses, Duration left) {
    return base.newBuilder()
        .dns(host -> addresses)
        .socketFactory(new PinnedSockets(new HashSet<>(addresses)))
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
        .callTimeout(left)
        .connectTimeout(left)
        .readTimeout(left)
        .writeTimeout(left)
        .build();
  }

  private static Request request(Call call, HttpUrl url) {
    Request.Builder request = new Request.Builder().url(url);
    call.headers().forEach(request::header);
    boolean hasBody = call.body().length > 0 || !call.method().matches("GET|DELETE");
    RequestBody body =
        hasBody && !call.method().equals("GET")
            ? RequestBody.create(call.body(), MediaType.parse(call.contentType()))
            : null;
    return request.method(call.method(), body).build();
  }

  /** The beginning; what comes after it is not read. */
  private static String text(BufferedSource source) throws IOException {
    source.request(BODY_BYTES);
    return source.getBuffer().readUtf8(Math.min(BODY_BYTES, source.getBuffer().size()));
  }

  private static Answer unreachable(IOException failed, HttpUrl url, Duration timeout) {
    if (failed instanceof InterruptedIOException) {
      return noAnswer(url, timeout);
    }
    String why;
    if (failed instanceof ConnectException) {
      why = "cannot be connected to";
    } else if (failed instanceof SSLException) {
      why = "has no TLS, or a certificate that is not trusted";
    } else if (failed instanceof ProtocolException) {
      why = "answers something that is not HTTP";
    } else {
      why = "breaks the connection (" + failed.getClass().getSimpleName() + ")";
    }
    return new Answer.Unreachable(url.host() + ":" + url.port() + " " + why);
  }

  private static Answer noAnswer(HttpUrl url, Duration timeout) {
    return new Answer.Unreachable(
        url.host() + ":" + url.port() + " does not answer within " + timeout.toMillis() + " ms");
  }

  /** Ends calls that are under way. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
