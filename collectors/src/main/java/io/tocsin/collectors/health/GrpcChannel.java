package io.tocsin.collectors.health;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.net.InetSocketAddress;

/**
 * A channel to one address. It is thrown away after a failure: gRPC itself would wait for up to two
 * minutes before it tries a server again that was away.
 *
 * @param address what it leads to
 * @param channel over which calls are made
 * @param sockets of that channel
 */
record GrpcChannel(InetSocketAddress address, ManagedChannel channel, GrpcSockets sockets)
    implements AutoCloseable {

  private static final int LONGEST_HEADERS = 8 * 1024;

  /** A channel that connects at its first call, without a proxy. */
  static GrpcChannel to(
      InetSocketAddress address,
      Target.Grpc target,
      ChannelCredentials credentials,
      int connectMillis) {
    GrpcSockets sockets = new GrpcSockets(connectMillis);
    String host = target.host();
    String authority = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + target.port();
    ManagedChannel channel =
        OkHttpChannelBuilder.forAddress(
                address.getAddress().getHostAddress(), address.getPort(), credentials)
            .overrideAuthority(authority)
            .socketFactory(sockets)
            .proxyDetector(any -> null)
            .directExecutor()
            .disableRetry()
            .maxInboundMessageSize(GrpcHealth.LONGEST_ANSWER)
            .maxInboundMetadataSize(LONGEST_HEADERS)
            .userAgent("tocsin-health-check")
            .build();
    return new GrpcChannel(address, channel, sockets);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    sockets.close();
  }
}
