package io.tocsin.server.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Set;

/**
 * Security headers on every answer; a name that is not ours gets none of our data, so that no page
 * from elsewhere can reach a server here through a name of its own.
 */
public final class HttpGuard {

  /** Names of the loopback address. */
  public static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Set<String> names;

  /** Lets in what asks for one of these names. */
  public HttpGuard(Set<String> names) {
    this.names = names;
  }

  /** Sets the headers, and answers what asks for another name. */
  public void check(Context context) {
    context.header(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cache-Control", "no-store");
    String host = context.host() == null ? "" : context.host().replaceFirst(":\\d+$", "");
    if (!names.contains(host)) {
      problem(
          context,
          HttpStatus.MISDIRECTED_REQUEST,
          "this server answers to "
              + String.join(", ", names.stream().sorted().toList())
              + " only");
      context.skipRemainingHandlers();
    }
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

  /** Whether a handler has already said what was wrong; Jetty may add a charset to its type. */
  public static boolean isProblem(Context context) {
    String type = context.res().getContentType();
    return type != null && type.startsWith(Problem.CONTENT_TYPE);
  }
}
