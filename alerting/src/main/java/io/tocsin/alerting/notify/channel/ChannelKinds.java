package io.tocsin.alerting.notify.channel;

import java.util.Map;

/** Every kind of channel there is, by its key in the configuration. */
public final class ChannelKinds {

  private static final Map<String, Class<? extends ChannelSpec>> ALL = Map.ofEntries();

  private ChannelKinds() {}

  /** The record that each key is read into. */
  public static Map<String, Class<? extends ChannelSpec>> all() {
    return ALL;
  }
}
