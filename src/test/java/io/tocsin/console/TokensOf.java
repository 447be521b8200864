package io.tocsin.console;

import io.tocsin.schemas.AccessToken;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.AccessSink;
import java.util.concurrent.CompletableFuture;

/** Tokens that are made come back at once, as from their topic. */
record TokensOf(ConsoleFixture fixture) implements AccessSink {

  @Override
  public CompletableFuture<?> keep(AccessToken token) {
    fixture.take(Topics.ACCESS, token);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<?> revoke(String id) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<?> tell(Command change) {
    return CompletableFuture.completedFuture(null);
  }
}
