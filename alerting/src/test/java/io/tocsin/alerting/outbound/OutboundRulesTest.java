package io.tocsin.alerting.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundRulesTest {

  private static final OutboundRules STRICT = OutboundRules.of(List.of());
  private static final OutboundRules OPEN = OutboundRules.of(List.of("0.0.0.0/0", "::/0", "host"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "::1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "fc00::1",
        "fdab::1",
        "fec0::1",
        "192.0.2.1",
        "198.18.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:0a00:0001::1",
        "2001:4860::5efe:127.0.0.1",
        "2001:4860::200:5efe:10.0.0.1"
      })
  void privateAddressesInAllFormsAreRefusedUnlessOpened(String address)
      throws UnknownHostException {
    assertThat(STRICT.forbids("host", InetAddress.getByName(address))).isPresent();
    assertThat(OPEN.forbids("host", InetAddress.getByName(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "fd00:ec2::254",
        "fe80::1",
        "100.100.100.200",
        "168.63.129.16",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "::ffff:169.254.169.254",
        "64:ff9b::169.254.169.254",
        "2002:a9fe:a9fe::1",
        "2001::1"
      })
  void metadataAndWhatIsNoMachineCannotBeOpened(String address) throws UnknownHostException {
    assertThat(OPEN.forbids("host", InetAddress.getByName(address))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "192.169.0.1",
        "2606:4700::1111",
        "64:ff9b::8.8.8.8",
        "2002:0808:0808::1"
      })
  void publicAddressesAreOpen(String address) throws UnknownHostException {
    assertThat(STRICT.forbids("host", InetAddress.getByName(address))).isEmpty();
  }

  @Property
  void anAddressMappedIntoIpv6IsJudgedAsItself(@ForAll @Size(4) byte[] address)
      throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[0] = 0x00;
    mapped[1] = 0x64;
    mapped[2] = (byte) 0xff;
    mapped[3] = (byte) 0x9b;
    System.arraycopy(address, 0, mapped, 12, 4);

    assertThat(STRICT.forbids("host", Inet6Address.getByAddress(mapped)).isPresent())
        .isEqualTo(STRICT.forbids("host", InetAddress.getByAddress(address)).isPresent());
  }

  @Test
  void aNameOpensThatHostAlone() throws UnknownHostException {
    OutboundRules rules = OutboundRules.of(List.of("Alertmanager.internal"));
    InetAddress address = InetAddress.getByName("10.0.0.1");

    assertThat(rules.forbids("alertmanager.INTERNAL.", address)).isEmpty();
    assertThat(rules.forbids("x.alertmanager.internal", address)).isPresent();
    assertThat(rules.forbids("10.0.0.1", address)).isPresent();
  }

  @Test
  void aNetworkOpensItsAddressesAlone() throws UnknownHostException {
    OutboundRules rules = OutboundRules.of(List.of("10.20.0.0/14", "fd00:1::/32"));

    assertThat(rules.forbids("a", InetAddress.getByName("10.23.255.255"))).isEmpty();
    assertThat(rules.forbids("a", InetAddress.getByName("10.24.0.0"))).isPresent();
    assertThat(rules.forbids("a", InetAddress.getByName("fd00:1::7"))).isEmpty();
    assertThat(rules.forbids("a", InetAddress.getByName("fd00:2::7"))).isPresent();
  }

  @Test
  void allWrongEntriesAreNamedAtOnce() {
    assertThatThrownBy(
            () -> OutboundRules.of(List.of("10.0.0.0/33", "2130706433", "a b", "10.0.0.0/8")))
        .hasMessage(
            "allow-private: '10.0.0.0/33', '2130706433', 'a b': write a network such as"
                + " 10.0.0.0/8, an address, or the name of a host");
  }
}
