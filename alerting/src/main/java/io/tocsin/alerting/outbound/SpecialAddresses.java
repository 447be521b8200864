package io.tocsin.alerting.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Addresses that are not of the public internet, after the special-purpose registries of IANA (RFC
 * 6890 and its updates), and the addresses under which clouds hand out credentials.
 */
final class SpecialAddresses {

  /** An address that is not public. */
  record Special(String what, boolean canBeAllowed) {}

  /** Nobody wants messages there; several hand out the machine's own credentials. */
  private static final Map<Network, String> NEVER =
      table(
          "169.254.0.0/16", "link-local, where clouds serve metadata",
          "fe80::/10", "link-local",
          "fd00:ec2::/32", "metadata of a cloud",
          "100.100.100.200", "metadata of a cloud",
          "168.63.129.16", "metadata of a cloud",
          "192.0.0.192", "metadata of a cloud",
          "0.0.0.0/8", "no address of a machine",
          "::/128", "no address of a machine",
          "224.0.0.0/4", "multicast",
          "ff00::/8", "multicast",
          "240.0.0.0/4", "reserved",
          "2001::/32", "a Teredo tunnel",
          "100::/64", "discarded");

  private static final Map<Network, String> UNLESS_ALLOWED =
      table(
          "127.0.0.0/8", "loopback",
          "::1", "loopback",
          "10.0.0.0/8", "private",
          "172.16.0.0/12", "private",
          "192.168.0.0/16", "private",
          "100.64.0.0/10", "shared by a carrier's customers",
          "fc00::/7", "private",
          "fec0::/10", "private",
          "64:ff9b:1::/48", "private",
          "192.0.0.0/24", "reserved",
          "192.0.2.0/24", "for documentation",
          "198.51.100.0/24", "for documentation",
          "203.0.113.0/24", "for documentation",
          "2001:db8::/32", "for documentation",
          "192.88.99.0/24", "a relay of tunnels",
          "198.18.0.0/15", "for benchmarks");

  /** Blocks of IPv6 that carry an address of IPv4, and the byte at which it begins. */
  private static final Map<Network, Integer> CARRIERS =
      Map.of(
          Network.of("::/96"), 12,
          Network.of("::ffff:0:0:0/96"), 12,
          Network.of("64:ff9b::/96"), 12,
          Network.of("2002::/16"), 2);

  private static final int IPV4 = 4;
  private static final int IPV6 = 16;

  private SpecialAddresses() {}

  /** What an address is, if it is not public. */
  static Optional<Special> judge(InetAddress address) {
    for (byte[] form : forms(address.getAddress())) {
      Optional<Special> special =
          find(NEVER, form, false).or(() -> find(UNLESS_ALLOWED, form, true));
      if (special.isPresent()) {
        return special;
      }
    }
    return Optional.empty();
  }

  /** The address as it stands, and the address of IPv4 that it carries. */
  static List<byte[]> forms(byte[] address) {
    if (address.length != IPV6) {
      return List.of(address);
    }
    for (Map.Entry<Network, Integer> carrier : CARRIERS.entrySet()) {
      if (carrier.getKey().contains(address)) {
        return List.of(address, carried(address, carrier.getValue()));
      }
    }
    // ISATAP (RFC 5214): an interface identifier of 0000:5efe or 0200:5efe before the address.
    boolean isIsatap =
        (address[8] & ~2) == 0
            && address[9] == 0
            && address[10] == 0x5e
            && address[11] == (byte) 0xfe;
    return isIsatap ? List.of(address, carried(address, 12)) : List.of(address);
  }

  private static byte[] carried(byte[] address, int from) {
    return Arrays.copyOfRange(address, from, from + IPV4);
  }

  private static Optional<Special> find(
      Map<Network, String> table, byte[] address, boolean canBeAllowed) {
    return table.entrySet().stream()
        .filter(entry -> entry.getKey().contains(address))
        .map(entry -> new Special(entry.getValue(), canBeAllowed))
        .findFirst();
  }

  private static Map<Network, String> table(String... rows) {
    Map<Network, String> table = new LinkedHashMap<>();
    for (int row = 0; row < rows.length; row += 2) {
      table.put(Network.of(rows[row]), rows[row + 1]);
    }
    return table;
  }
}
