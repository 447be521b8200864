package io.tocsin.alerting.notify.channel;

import io.tocsin.alerting.outbound.OutboundHttp;
import java.time.Clock;

/**
 * What channels may use beside their own configuration.
 *
 * @param http for those that speak HTTP
 */
public record ChannelContext(OutboundHttp http, Clock clock) {}
