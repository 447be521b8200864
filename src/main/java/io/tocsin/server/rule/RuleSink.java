package io.tocsin.server.rule;

import io.tocsin.schemas.Command;
import io.tocsin.schemas.RuleText;
import java.util.concurrent.CompletableFuture;

/** Where changes of rules go. */
public interface RuleSink {

  /** Keeps a rule; done when it is kept. */
  CompletableFuture<?> write(RuleText rule);

  /** Takes a rule out; done when that is kept. */
  CompletableFuture<?> remove(String name);

  /** Tells the audit of a change; done when that is kept. */
  CompletableFuture<?> tell(Command change);
}
