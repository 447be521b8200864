package io.tocsin.collectors.health;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Looks for a text in the first 64 KiB of a body and then hangs up, so that neither a large nor an
 * endless body costs anything. Without a text to look for it hangs up at once.
 */
final class BodySearch implements BodySubscriber<Boolean> {

  static final int LIMIT = 64 * 1024;

  private final byte[] wanted;
  private final byte[] seen;
  private final CompletableFuture<Boolean> found = new CompletableFuture<>();
  private int length;
  private Flow.Subscription subscription;

  /**
   * A search.
   *
   * @param text what to look for, or null
   */
  BodySearch(String text) {
    this.wanted = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    this.seen = new byte[text == null ? 0 : LIMIT];
  }

  @Override
  public CompletionStage<Boolean> getBody() {
    return found;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    if (wanted.length == 0) {
      subscription.cancel();
      found.complete(true);
    } else {
      subscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (found.isDone()) {
        return;
      }
      int from = Math.max(0, length - wanted.length + 1);
      int taken = Math.min(buffer.remaining(), LIMIT - length);
      buffer.get(seen, length, taken);
      length += taken;
      boolean here = containsFrom(from);
      if (here || length == LIMIT) {
        subscription.cancel();
        found.complete(here);
      }
    }
  }

  private boolean containsFrom(int from) {
    for (int at = from; at + wanted.length <= length; at++) {
      if (Arrays.equals(seen, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void onError(Throwable failure) {
    found.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    found.complete(false);
  }
}
