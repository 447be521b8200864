package io.tocsin.collectors.health;

import io.grpc.Attributes;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real gRPC server on loopback that answers health checks as a test says. */
final class GrpcServer implements Closeable {

  /** How it answers a question about a service. */
  @FunctionalInterface
  interface Manners {
    void answer(String service, StreamObserver<Integer> answer);
  }

  final AtomicInteger accepted = new AtomicInteger();
  private final Server server;

  GrpcServer(Manners manners) throws IOException {
    this(0, InsecureServerCredentials.create(), manners);
  }

  GrpcServer(int port, ServerCredentials credentials, Manners manners) throws IOException {
    server =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), credentials)
            .directExecutor()
            .addTransportFilter(
                new ServerTransportFilter() {
                  @Override
                  public Attributes transportReady(Attributes attributes) {
                    accepted.incrementAndGet();
                    return attributes;
                  }
                })
            .addService(
                ServerServiceDefinition.builder("grpc.health.v1.Health")
                    .addMethod(GrpcHealth.CHECK, ServerCalls.asyncUnaryCall(manners::answer))
                    .build())
            .build()
            .start();
  }

  static Manners always(int status) {
    return (service, answer) -> {
      answer.onNext(status);
      answer.onCompleted();
    };
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
