package io.tocsin.console;

import io.tocsin.schemas.Command;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.rule.RuleSink;
import java.util.concurrent.CompletableFuture;

/** Rules that are written come back at once, as from their topic. */
record RulesOf(ConsoleFixture fixture) implements RuleSink {

  @Override
  public CompletableFuture<?> write(RuleText rule) {
    fixture.take(Topics.RULES, rule);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<?> remove(String name) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<?> tell(Command change) {
    return CompletableFuture.completedFuture(null);
  }
}
