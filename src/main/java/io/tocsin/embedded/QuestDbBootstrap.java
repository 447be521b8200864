package io.tocsin.embedded;

import io.questdb.PropBootstrapConfiguration;
import java.util.Map;

/**
 * How QuestDB is put together: from our settings alone, without {@code QDB_} variables that happen
 * to be set on the machine, and without the web console, whose script asks the vendor for news.
 *
 * <p>The superclass matters: QuestDB's {@code DefaultBootstrapConfiguration} comes without
 * authenticators and would let anybody in over HTTP, whatever {@code http.user} says.
 */
final class QuestDbBootstrap extends PropBootstrapConfiguration {

  private final Map<String, String> settings;

  /**
   * @param settings as {@link QuestDbSettings} names them
   */
  QuestDbBootstrap(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  @Override
  public Map<String, String> getEnv() {
    return settings;
  }

  @Override
  public boolean useSite() {
    return false;
  }
}
