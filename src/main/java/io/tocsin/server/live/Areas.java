package io.tocsin.server.live;

import java.util.List;

/** What pages can ask to hear of. */
public final class Areas {

  public static final String INCIDENTS = "incidents";
  public static final String HEAL = "heal";
  public static final String FLEET = "fleet";
  public static final String RULES = "rules";
  public static final String SILENCES = "silences";
  public static final String STATUS = "status";
  public static final String WINDOWS = "windows";

  /** All of them. */
  public static final List<String> ALL =
      List.of(INCIDENTS, HEAL, FLEET, RULES, SILENCES, STATUS, WINDOWS);

  private Areas() {}
}
