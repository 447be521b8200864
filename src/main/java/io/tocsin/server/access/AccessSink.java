package io.tocsin.server.access;

import io.tocsin.schemas.AccessToken;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Topics;
import java.util.concurrent.CompletableFuture;

/** Where tokens, sessions and what the audit says of them are kept; each call ends when it is. */
public interface AccessSink {

  /** Keeps a token or session. */
  CompletableFuture<?> keep(AccessToken token);

  /** Takes one back. */
  CompletableFuture<?> revoke(String id);

  /** Tells the audit of a change. */
  CompletableFuture<?> tell(Command change);

  /** The topics. */
  static AccessSink to(TopicWriter writer) {
    return new AccessSink() {
      @Override
      public CompletableFuture<?> keep(AccessToken token) {
        return writer.send(Topics.ACCESS, token);
      }

      @Override
      public CompletableFuture<?> revoke(String id) {
        return writer.remove(Topics.ACCESS, id);
      }

      @Override
      public CompletableFuture<?> tell(Command change) {
        return writer.send(Topics.COMMANDS, change);
      }
    };
  }
}
