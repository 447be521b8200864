package io.tocsin.collectors.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.parts.RealPart;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class IcmpPathITCase {

  private static Optional<String> missing(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address instanceof Inet6Address
          && NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .noneMatch(Inet6Address.class::isInstance)) {
        return Optional.of("there is no IPv6 here");
      }
      IcmpLink.open(address, 64).close();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void ourOwnMachineAnswersEachRequestOnce(String host) throws Exception {
    RealPart.need("ICMP", missing(host));
    try (Collector collector = Paths.collector(new IcmpTarget(host, 5, null, null))) {
      for (int i = 0; i < 2; i++) {
        Reading reading = collector.collect();
        Probe.Builder probe = Paths.probe(reading);
        assertThat(probe.getEvidence()).isEqualTo("5 of 5 probes were answered");
        assertThat(probe.getHealth()).isEqualTo(Health.UP);
        assertThat(probe.getPath().getReordered()).isZero();
        assertThat(reading.problems()).isEmpty();
      }
    }
  }

  @Test
  void twoPathsToOneMachineDoNotTakeEachOthersAnswers() throws Exception {
    RealPart.need("ICMP", missing("127.0.0.1"));
    IcmpTarget target = new IcmpTarget("127.0.0.1", 20, 101, Duration.ofMillis(3));
    try (Collector one = Paths.collector(target);
        Collector other = Paths.collector(target)) {
      Reading[] readings = new Reading[1];
      Thread thread =
          new Thread(
              () -> {
                try {
                  readings[0] = other.collect();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.start();
      Reading reading = one.collect();
      thread.join();
      for (Reading each : new Reading[] {reading, readings[0]}) {
        assertThat(Paths.probe(each).getPath().getReceived()).isEqualTo(20);
        assertThat(each.problems()).isEmpty();
      }
    }
  }
}
