package io.tocsin.collectors.app.scrape;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Reads nothing of a body that is of no use: it may have no end. */
final class NoBody implements BodySubscriber<LineSubscriber.End> {

  @Override
  public CompletionStage<LineSubscriber.End> getBody() {
    return CompletableFuture.completedFuture(LineSubscriber.End.COMPLETE);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {}

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onComplete() {}
}
