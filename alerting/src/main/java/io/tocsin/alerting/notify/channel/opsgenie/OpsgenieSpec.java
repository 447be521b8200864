package io.tocsin.alerting.notify.channel.opsgenie;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.Checks;
import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;

/**
 * An API integration of Opsgenie or Jira Service Management.
 *
 * @param apiKey of the integration
 * @param url before {@code /v2/alerts}; default {@code https://api.opsgenie.com}
 * @param team that is responsible; null for whom the integration names
 */
public record OpsgenieSpec(SecretRef apiKey, URI url, String team) implements ChannelSpec {

  private static final URI OPSGENIE = URI.create("https://api.opsgenie.com");

  /**
   * Fills in the default.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public OpsgenieSpec {
    Checks.require(apiKey != null, "api-key is missing");
    url = url == null ? OPSGENIE : Checks.web("url", url);
    Checks.require(team == null || !team.isBlank(), "team must not be empty");
  }

  @Override
  public String kind() {
    return "opsgenie";
  }

  /**
   * Its pages show HTML, its text messages and calls do not: the channel takes the brackets out.
   */
  @Override
  public Escaping escaping() {
    return Escaping.NONE;
  }

  @Override
  public Channel open(ChannelContext context) {
    return new OpsgenieChannel(this, context);
  }
}
