package io.tocsin.alerting.notify.channel.webhook;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.Checks;
import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.schemas.secret.SecretRef;
import java.net.URI;

/**
 * A receiver of the operator's own.
 *
 * @param url that messages are posted to
 * @param secret that they are signed with; null for no signature
 * @param token for the header {@code Authorization: Bearer}; null for none
 */
public record WebhookSpec(URI url, SecretRef secret, SecretRef token) implements ChannelSpec {

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public WebhookSpec {
    Checks.web("url", url);
  }

  @Override
  public String kind() {
    return "webhook";
  }

  @Override
  public Escaping escaping() {
    return Escaping.NONE;
  }

  @Override
  public Channel open(ChannelContext context) {
    return new WebhookChannel(this, context);
  }
}
