package io.tocsin.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * An answer that stays the same as long as the versions of what it is made of do. Its {@code ETag}
 * is made of those versions: a caller that has it already is told so before anything is worked out,
 * and what was worked out and written as JSON once is not again. Bounded: of all the questions that
 * can be asked of one endpoint, the answers to {@value #KEPT} are kept.
 */
public final class VersionedAnswer implements Handler {

  private static final int KEPT = 8;

  /** Longer ones are worked out again: a few of them would take the memory of thousands. */
  private static final int LARGEST = 1 << 20;

  /** Shorter ones fit into a packet as they are. */
  private static final int SMALL = 1_400;

  /** Versions begin anew with the process, so that a tag has to say which one it is of. */
  private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8);

  private final Handler handler;
  private final LongSupplier[] versions;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > KEPT;
        }
      };

  private record Kept(String tag, byte[] body, byte[] gzip, Map<String, String> headers) {}

  private VersionedAnswer(Handler handler, LongSupplier... versions) {
    this.handler = handler;
    this.versions = versions;
  }

  /**
   * Answers as a handler does.
   *
   * @param handler makes JSON out of nothing but the request's URL and what the versions speak of
   */
  public static Handler of(Handler handler, LongSupplier... versions) {
    return new VersionedAnswer(handler, versions);
  }

  @Override
  public void handle(Context context) throws Exception {
    // Taken before the answer is made: what changes meanwhile makes it newer than it says.
    String tag = tag();
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(HttpStatus.NOT_MODIFIED).header("ETag", tag);
      return;
    }
    String question = context.path() + "?" + context.queryString();
    Kept answer = known(question);
    if (answer == null || !answer.tag().equals(tag)) {
      handler.handle(context);
      if (context.status() != HttpStatus.OK) {
        return;
      }
      answer = keep(question, tag, context);
    }
    context.header("ETag", tag);
    answer.headers().forEach(context::header);
    context.contentType("application/json");
    String takes = context.header("Accept-Encoding");
    if (answer.gzip() != null && takes != null && takes.contains("gzip")) {
      context.header("Content-Encoding", "gzip").result(answer.gzip());
    } else {
      context.result(answer.body());
    }
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    }
    return packed.toByteArray();
  }

  private String tag() {
    return Arrays.stream(versions)
        .map(version -> Long.toString(version.getAsLong(), Character.MAX_RADIX))
        .collect(Collectors.joining("-", "W/\"" + PROCESS + "-", "\""));
  }

  private Kept known(String question) {
    synchronized (kept) {
      return kept.get(question);
    }
  }

  private Kept keep(String question, String tag, Context context) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : new String[] {"Link", "X-Total-Count"}) {
      String value = context.res().getHeader(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    byte[] body = context.resultInputStream().readAllBytes();
    Kept answer = new Kept(tag, body, body.length < SMALL ? null : gzip(body), headers);
    if (answer.body().length <= LARGEST) {
      synchronized (kept) {
        kept.put(question, answer);
      }
    }
    return answer;
  }
}
