package io.tocsin.server.capacity;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.capacity.CapacityException;
import io.tocsin.history.HistoryException;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.RequestProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that take seconds: one is worked out at a time, and each is kept for ten minutes, for
 * {@value #MOST_KEPT} questions at most. Who asks the one that is under way waits for it; who asks
 * another, or has waited for 20 s, is told to come back.
 */
final class CapacityDesk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CapacityDesk.class);
  static final Duration KEPT_FOR = Duration.ofMinutes(10);
  static final int MOST_KEPT = 8;
  private static final int COME_BACK_S = 5;
  private static final int LONGEST_REASON = 500;

  private record Kept(Instant at, String text) {}

  private record UnderWay(String question, CompletableFuture<String> answer) {}

  private final Clock clock;
  private final Duration patience;
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "tocsin-capacity");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
          });
  private @Nullable UnderWay underWay;

  CapacityDesk(Clock clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * The answer to a question.
   *
   * @return empty if there is none, and the request has been answered
   * @throws RequestProblem if that is what {@code work} threw
   */
  Optional<String> answer(Context context, String question, Callable<String> work)
      throws RequestProblem {
    CompletableFuture<String> coming;
    synchronized (this) {
      Kept before = kept.get(question);
      if (before != null && clock.instant().isBefore(before.at().plus(KEPT_FOR))) {
        return Optional.of(before.text());
      }
      if (underWay == null) {
        begin(question, work);
      } else if (!underWay.question().equals(question)) {
        later(context, "another question about capacity is being worked out");
        return Optional.empty();
      }
      coming = underWay.answer();
    }
    try {
      return Optional.of(coming.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException slow) {
      later(context, "this is still being worked out");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      later(context, "the server is stopping");
    } catch (ExecutionException failed) {
      failed(context, failed.getCause());
    }
    return Optional.empty();
  }

  private void begin(String question, Callable<String> work) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    underWay = new UnderWay(question, answer);
    worker.execute(
        () -> {
          try {
            String text = work.call();
            end(question, text);
            answer.complete(text);
          } catch (Exception | OutOfMemoryError failed) {
            end(question, null);
            answer.completeExceptionally(failed);
          }
        });
  }

  private synchronized void end(String question, @Nullable String text) {
    underWay = null;
    kept.remove(question);
    if (text != null) {
      if (kept.size() >= MOST_KEPT) {
        kept.remove(kept.keySet().iterator().next());
      }
      kept.put(question, new Kept(clock.instant(), text));
    }
  }

  private static void failed(Context context, Throwable cause) throws RequestProblem {
    if (cause instanceof RequestProblem problem) {
      throw problem;
    } else if (cause instanceof CapacityException cannot) {
      HttpGuard.problem(
          context,
          HttpStatus.UNPROCESSABLE_CONTENT,
          "the question cannot be answered",
          cannot.problems());
    } else if (cause instanceof HistoryException) {
      HttpGuard.problem(
          context,
          HttpStatus.BAD_GATEWAY,
          PlainText.head(String.valueOf(cause.getMessage()), LONGEST_REASON));
    } else {
      LOG.warn("a question about capacity failed", cause);
      HttpGuard.problem(
          context,
          HttpStatus.INTERNAL_SERVER_ERROR,
          PlainText.head("this failed: " + cause, LONGEST_REASON));
    }
  }

  private static void later(Context context, String why) {
    HttpGuard.later(context, COME_BACK_S, why + "; ask again in a few seconds");
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
