package io.tocsin.collectors.app.scrape;

import io.tocsin.collectors.app.prometheus.Lines;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Hands an answer's bytes on as they come, up to a limit. Once {@link #stop} has returned nothing
 * more is handed on, however long the other side goes on sending.
 */
final class LineSubscriber implements BodySubscriber<LineSubscriber.End> {

  /** Why an answer has no more lines. */
  enum End {
    COMPLETE,
    OVER_LIMIT
  }

  private static final int CHUNK = 16 * 1024;

  private final Lines lines;
  private final long limit;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final byte[] chunk = new byte[CHUNK];
  private Subscription subscription;
  private long received;
  private boolean stopped;

  LineSubscriber(Lines lines, long limit) {
    this.lines = lines;
    this.limit = limit;
  }

  @Override
  public CompletionStage<End> getBody() {
    return end;
  }

  /** Ends it; returns how many bytes had come. */
  synchronized long stop() {
    stopped = true;
    return received;
  }

  @Override
  public synchronized void onSubscribe(Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining() && !stopped) {
        int more = (int) Math.min(Math.min(buffer.remaining(), CHUNK), limit - received);
        if (more == 0) {
          stopped = true;
          subscription.cancel();
          end.complete(End.OVER_LIMIT);
          return;
        }
        buffer.get(chunk, 0, more);
        received += more;
        lines.feed(chunk, 0, more);
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    end.complete(End.COMPLETE);
  }
}
