package io.tocsin.alerting.notify.channel.pagerduty;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.Checks;
import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;

/**
 * A service in PagerDuty.
 *
 * @param routingKey the integration key of the service, for the Events API v2
 * @param region where the account is; default us
 * @param url of something that speaks the same API; null for PagerDuty itself
 */
public record PagerDutySpec(SecretRef routingKey, Region region, URI url) implements ChannelSpec {

  /** Where an account is. */
  public enum Region {
    /** The United States. */
    US("https://events.pagerduty.com"),
    /** The European Union. */
    EU("https://events.eu.pagerduty.com");

    private final URI url;

    Region(String url) {
      this.url = URI.create(url);
    }
  }

  /**
   * Fills in the defaults.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public PagerDutySpec {
    Checks.require(routingKey != null, "routing-key is missing");
    region = region == null ? Region.US : region;
    url = url == null ? region.url : Checks.web("url", url);
  }

  @Override
  public String kind() {
    return "pagerduty";
  }

  @Override
  public Escaping escaping() {
    return Escaping.NONE;
  }

  @Override
  public Channel open(ChannelContext context) {
    return new PagerDutyChannel(this, context);
  }
}
