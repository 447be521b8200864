package io.tocsin.alerting.notify.channel.alertmanager;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.Checks;
import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * An Alertmanager, or a cluster of them.
 *
 * @param urls of all of its members, before {@code /api/v2/alerts}; each is sent everything, as
 *     they sort out repetitions among themselves; at most five
 * @param token for the header {@code Authorization: Bearer}; null for none
 * @param endsAfter how long an alert that is not repeated keeps firing, from 5 min; default 4 h
 */
public record AlertmanagerSpec(List<URI> urls, SecretRef token, Duration endsAfter)
    implements ChannelSpec {

  private static final int MOST = 5;

  /**
   * Fills in the default.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public AlertmanagerSpec {
    Checks.require(urls != null && !urls.isEmpty(), "urls is missing");
    Checks.require(urls.size() <= MOST, "urls must be at most " + MOST);
    urls = urls.stream().map(url -> Checks.web("urls", url)).toList();
    endsAfter = endsAfter == null ? Duration.ofHours(4) : endsAfter;
    Checks.require(
        endsAfter.compareTo(Duration.ofMinutes(5)) >= 0,
        "ends-after must be at least 5m, as alerts are repeated every minute");
  }

  @Override
  public String kind() {
    return "alertmanager";
  }

  @Override
  public Escaping escaping() {
    return Escaping.NONE;
  }

  @Override
  public Channel open(ChannelContext context) {
    return new AlertmanagerChannel(this, context);
  }
}
