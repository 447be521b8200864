package io.tocsin.collectors.network;

import io.tocsin.schemas.ProbeKind;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A question to a name server: over UDP, asked again after half the timeout; over TCP where the
 * answer did not fit into a datagram.
 *
 * @param resolver address of the name server; default: the first that the system uses
 * @param port of the name server; default 53
 * @param name what is asked for; taken as complete, with or without a dot at its end
 * @param type of record that is asked for; default A
 * @param expect what one of the records must hold, as in a zone file, such as {@code 192.0.2.1};
 *     default: any will do
 */
public record DnsTarget(String resolver, Integer port, String name, String type, String expect)
    implements PathTarget {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public DnsTarget {
    if (resolver != null) {
      resolver = Checks.host(resolver);
    }
    port = Checks.within("port", port, 53, 1, 65_535);
    type = type == null ? "A" : type;
    if (Type.value(type) < 0) {
      throw new IllegalArgumentException(
          "type '%s' is no type of DNS record; give one such as A, AAAA, MX or SRV"
              .formatted(type));
    }
    try {
      Name.fromString(String.valueOf(name), Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(
          "name '%s' is no domain name: %s".formatted(name, e.getMessage()), e);
    }
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("name is missing; give the domain name to ask for");
    }
  }

  /** The name server; empty where it is the system's. */
  @Override
  public String host() {
    return resolver == null ? "" : resolver;
  }

  @Override
  public String describe() {
    String where = resolver == null ? "the system's resolver" : Checks.display(resolver, port);
    return name + " " + type + " at " + where;
  }

  @Override
  public ProbeKind kind() {
    return ProbeKind.DNS;
  }
}
