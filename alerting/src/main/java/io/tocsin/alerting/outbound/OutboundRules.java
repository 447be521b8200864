package io.tocsin.alerting.outbound;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where calls may go: to every public address, and beside them to what the operator has named.
 * Addresses under which clouds hand out credentials cannot be opened.
 */
public final class OutboundRules {

  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

  private static final Pattern NUMBERS = Pattern.compile("[0-9.]*|0x.*");

  private final List<Network> networks;
  private final Set<String> names;

  private OutboundRules(List<Network> networks, Set<String> names) {
    this.networks = List.copyOf(networks);
    this.names = Set.copyOf(names);
  }

  /**
   * Rules that open some networks and hosts.
   *
   * @param allowPrivate networks such as {@code 10.0.0.0/8}, addresses, and names of hosts such as
   *     {@code alertmanager.internal}, which hold for exactly that name
   * @throws IllegalArgumentException naming all entries that are none of these
   */
  public static OutboundRules of(List<String> allowPrivate) {
    List<Network> networks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    for (String entry : allowPrivate) {
      Optional<Network> network = Network.parse(entry);
      String name = plain(entry);
      if (network.isPresent()) {
        networks.add(network.get());
      } else if (NAME.matcher(name).matches() && !NUMBERS.matcher(name).matches()) {
        names.add(name);
      } else {
        wrong.add("'" + entry + "'");
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "allow-private: "
              + String.join(", ", wrong)
              + ": write a network such as 10.0.0.0/8, an address, or the name of a host");
    }
    return new OutboundRules(networks, names);
  }

  /**
   * Why a call must not go to an address; empty if it may.
   *
   * @param host as it stands in the address of the call
   * @param address what its name stands for
   */
  Optional<String> forbids(String host, InetAddress address) {
    return SpecialAddresses.judge(address)
        .filter(special -> !special.canBeAllowed() || !isAllowed(host, address))
        .map(
            special ->
                address.getHostAddress()
                    + " is "
                    + special.what()
                    + (special.canBeAllowed()
                        ? "; name it in allow-private if it is meant"
                        : "; it cannot be opened"));
  }

  private boolean isAllowed(String host, InetAddress address) {
    return names.contains(plain(host))
        || SpecialAddresses.forms(address.getAddress()).stream()
            .anyMatch(form -> networks.stream().anyMatch(network -> network.contains(form)));
  }

  /** Names are compared without case, and without the dot that ends a full one. */
  private static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
