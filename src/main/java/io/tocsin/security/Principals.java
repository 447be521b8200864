package io.tocsin.security;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names under which a cluster knows everybody. Accounts are {@code User:tocsin-streams} and so
 * on, and {@code User:agent.web-1}; a certificate's is its subject unless the brokers map it.
 */
public final class Principals {

  /** Stands for an agent's id in the name of its principal. */
  public static final String ID = "{id}";

  private static final String USER = "User:";
  private static final String AGENTS = USER + "agent." + ID;

  /** Quotes, stars and what does not print have no place in a name that is put into commands. */
  private static final String SOUND = USER + "[^\\p{Cntrl}'\"`\\\\$*]{1,256}";

  private static final String SOUND_ID = "[A-Za-z0-9._-]{1,120}";

  private final Map<Actor, String> names;

  private Principals(Map<Actor, String> names) {
    this.names = names;
  }

  /**
   * The usual names, but for those given.
   *
   * @param other by who it is; {@link Actor#AGENT}'s contains {@link #ID}
   * @throws IllegalArgumentException saying which name is no good, and why
   */
  public static Principals of(Map<Actor, String> other) {
    Map<Actor, String> names = new EnumMap<>(Actor.class);
    Actor.single().forEach(actor -> names.put(actor, USER + "tocsin-" + actor.word()));
    names.put(Actor.AGENT, AGENTS);
    names.putAll(other);
    names.forEach(
        (actor, name) -> {
          if (!name.matches(SOUND)) {
            throw new IllegalArgumentException(
                "the principal of %s has to begin with User:, such as %s or User:CN=%s,O=ops, and"
                        .formatted(actor.word(), USER + "tocsin-" + actor.word(), actor.word())
                    + " to have no quotes, stars, dollars or backslashes");
          }
        });
    if (!names.get(Actor.AGENT).contains(ID)) {
      throw new IllegalArgumentException(
          "the principal of agents has to have " + ID + " where the agent's id is: " + AGENTS);
    }
    if (Actor.single().stream().map(names::get).distinct().count() < Actor.single().size()) {
      throw new IllegalArgumentException(
          "two stages have one principal, so that each could do what the other may: "
              + Arrays.toString(Actor.single().stream().map(names::get).toArray()));
    }
    return new Principals(names);
  }

  /** The usual names. */
  public static Principals usual() {
    return of(Map.of());
  }

  /**
   * Of somebody who is there once.
   *
   * @throws IllegalArgumentException for agents, who have one each
   */
  public String of(Actor actor) {
    if (actor == Actor.AGENT) {
      throw new IllegalArgumentException("each agent has a principal of its own");
    }
    return names.get(actor);
  }

  /**
   * Of an agent.
   *
   * @throws IllegalArgumentException if the id cannot be part of a name
   */
  public String ofAgent(String id) {
    if (!id.matches(SOUND_ID)) {
      throw new IllegalArgumentException(
          "the id of an agent that has a principal may have letters, digits and . _ - only, and no"
              + " more than 120 of them");
    }
    return names.get(Actor.AGENT).replace(ID, id);
  }

  /** The account that belongs to a principal; empty where it is a certificate's. */
  public static Optional<String> account(String principal) {
    String name = principal.substring(USER.length());
    return name.matches("[A-Za-z0-9._-]{1,128}") ? Optional.of(name) : Optional.empty();
  }
}
