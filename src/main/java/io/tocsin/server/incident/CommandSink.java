package io.tocsin.server.incident;

import io.tocsin.schemas.Command;
import java.util.concurrent.CompletableFuture;

/** Where people's commands go. */
@FunctionalInterface
public interface CommandSink {

  /** Sends one; completes when it is kept, or fails. */
  CompletableFuture<?> send(Command command);
}
