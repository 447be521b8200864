package io.tocsin.server.access;

import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import java.time.Instant;
import java.util.UUID;

/**
 * Word of a change that is no command, such as a rule that was applied, for the audit. To be
 * written to the topic of commands beside the change, before it: a change that nobody heard of is
 * worse than word of one that then failed.
 */
public final class Change {

  private Change() {}

  /**
   * The word.
   *
   * @param by who makes the change
   * @param text what it is, in one line
   */
  public static Command of(String by, String text, Instant at) {
    return Command.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setKind(CommandKind.CHANGED)
        .setBy(by)
        .setAt(at)
        .setText(text)
        .build();
  }
}
