package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Resource;

/**
 * All that an {@link IncidentBook} remembers. A book made from the same shelf goes on where the
 * last one ended.
 *
 * @param cases incidents that are open or were resolved lately, by id
 * @param members alerts that have not ended, and those of the cases, by id
 * @param silences by id
 * @param commands ids of commands that were carried out
 * @param resources the inventory, by id
 * @param earlyResults heal results that were read before their plan was made
 * @param earlyCommands commands that were read before their incident was opened
 */
public record Shelf(
    Table<Case> cases,
    Table<Member> members,
    Table<SilenceEntry> silences,
    Table<SeenCommand> commands,
    Table<Resource> resources,
    Table<HealResult> earlyResults,
    Table<Command> earlyCommands) {

  /** One that lives as long as the process. */
  public static Shelf inMemory() {
    return new Shelf(
        Table.inMemory(),
        Table.inMemory(),
        Table.inMemory(),
        Table.inMemory(),
        Table.inMemory(),
        Table.inMemory(),
        Table.inMemory());
  }
}
