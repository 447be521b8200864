package io.tocsin.alerting.notify.channel;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Where messages go, as the operator has written it down under the channel's key: {@code via:
 * {slack: {webhook: {file: /etc/tocsin/slack}}}}. One record per kind of channel, in a package of
 * its own beside its channel, its {@code config.schema.json} and its {@code sample.yaml}; its
 * constructor checks all it can and throws {@link IllegalArgumentException} naming the key that is
 * wrong. Secrets are {@link io.tocsin.schemas.secret.SecretRef}s.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
public interface ChannelSpec {

  /** The channel's key, as in {@link ChannelKinds}. */
  String kind();

  /** How text is made harmless in this channel's messages. */
  Escaping escaping();

  /** A channel that sends there. */
  Channel open(ChannelContext context);
}
