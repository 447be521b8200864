package io.tocsin.server.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.server.access.Peers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Security headers on every answer; a name that is not ours gets none of our data, so that no page
 * from elsewhere can reach a server here through a name of its own.
 */
public final class HttpGuard {

  /** Names of the loopback address. */
  public static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private static final String HSTS = "max-age=31536000";

  private final Set<String> names;
  private final Peers peers;
  private final MeterRegistry meters;

  /** Lets in what asks for one of these names. */
  public HttpGuard(Set<String> names) {
    this(names, Peers.DIRECT, new SimpleMeterRegistry());
  }

  /** The same, and counts what asks for another. */
  public HttpGuard(Set<String> names, Peers peers, MeterRegistry meters) {
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    this.peers = peers;
    this.meters = meters;
  }

  /** Sets the headers, and answers what asks for another name. */
  public void check(Context context) {
    context.header(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
            + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    // What the API says is kept by nobody. The console's own files are many, and a browser that is
    // far away would ask for each at every load.
    context.header(
        "Cache-Control", isOfTheApi(context.path()) ? "no-store" : "private, max-age=60");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if (peers.isHttps(context)) {
      context.header("Strict-Transport-Security", HSTS);
    }
    if (!names.contains(Peers.host(context.host()))) {
      meters.counter("tocsin.server.refused", "reason", "name").increment();
      problem(
          context,
          HttpStatus.MISDIRECTED_REQUEST,
          "this server answers to "
              + String.join(", ", names.stream().sorted().toList())
              + " only; more are named in server.names of its configuration");
      context.skipRemainingHandlers();
    }
  }

  private static boolean isOfTheApi(String path) {
    return path.startsWith("/api/") || path.startsWith("/metrics") || path.startsWith("/health/");
  }

  /** Answers with what is wrong. */
  public static void problem(Context context, HttpStatus status, String detail) {
    problem(context, status, detail, List.of());
  }

  /** Answers with all that is wrong. */
  public static void problem(
      Context context, HttpStatus status, String detail, List<String> problems) {
    context
        .status(status)
        .json(Problem.of(status.getCode(), status.getMessage(), detail, problems))
        .contentType(Problem.CONTENT_TYPE);
  }

  /**
   * Answers that there is no answer now.
   *
   * @param seconds when to ask again
   */
  public static void later(Context context, int seconds, String why) {
    context.header("Retry-After", Integer.toString(seconds));
    problem(context, HttpStatus.SERVICE_UNAVAILABLE, why);
  }

  /** Whether a handler has already said what was wrong; Jetty may add a charset to its type. */
  public static boolean isProblem(Context context) {
    String type = context.res().getContentType();
    return type != null && type.startsWith(Problem.CONTENT_TYPE);
  }
}
