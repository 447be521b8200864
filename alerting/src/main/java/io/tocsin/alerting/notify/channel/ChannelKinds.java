package io.tocsin.alerting.notify.channel;

import io.tocsin.alerting.notify.channel.alertmanager.AlertmanagerSpec;
import io.tocsin.alerting.notify.channel.email.EmailSpec;
import io.tocsin.alerting.notify.channel.log.LogSpec;
import io.tocsin.alerting.notify.channel.opsgenie.OpsgenieSpec;
import io.tocsin.alerting.notify.channel.pagerduty.PagerDutySpec;
import io.tocsin.alerting.notify.channel.slack.SlackSpec;
import io.tocsin.alerting.notify.channel.webhook.WebhookSpec;
import java.util.Map;

/** Every kind of channel there is, by its key in the configuration. */
public final class ChannelKinds {

  private static final Map<String, Class<? extends ChannelSpec>> ALL =
      Map.ofEntries(
          Map.entry("alertmanager", AlertmanagerSpec.class),
          Map.entry("email", EmailSpec.class),
          Map.entry("log", LogSpec.class),
          Map.entry("opsgenie", OpsgenieSpec.class),
          Map.entry("pagerduty", PagerDutySpec.class),
          Map.entry("slack", SlackSpec.class),
          Map.entry("webhook", WebhookSpec.class));

  private ChannelKinds() {}

  /** The record that each key is read into. */
  public static Map<String, Class<? extends ChannelSpec>> all() {
    return ALL;
  }
}
