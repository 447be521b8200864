package io.tocsin.alerting.notify.render;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.Escaping;

/** A channel that only says of which kind it is. */
record StandInSpec(String kind, Escaping escaping) implements ChannelSpec {

  @Override
  public Channel open(ChannelContext context) {
    throw new UnsupportedOperationException("nothing is sent here");
  }
}
