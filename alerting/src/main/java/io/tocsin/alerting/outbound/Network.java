package io.tocsin.alerting.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of addresses, as {@code 10.0.0.0/8} or {@code fd00::/8}; an address alone is a block of
 * one.
 *
 * @param first an address of it, in bytes
 * @param bits how many of its bits all addresses of the block share
 */
record Network(byte[] first, int bits) {

  /** What cannot be the name of a host, so that reading it asks no name server. */
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  /** Reads one that is known to be well formed. */
  static Network of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  /** Reads one; empty if it is none. */
  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!LITERAL.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      int all = bytes.length * Byte.SIZE;
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      return bits < 0 || bits > all ? Optional.empty() : Optional.of(new Network(bytes, bits));
    } catch (UnknownHostException | NumberFormatException wrong) {
      return Optional.empty();
    }
  }

  boolean contains(byte[] address) {
    if (address.length != first.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += Byte.SIZE) {
      int mask = bits - bit >= Byte.SIZE ? 0xff : 0xff << (Byte.SIZE - (bits - bit)) & 0xff;
      if (((address[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that && bits == that.bits && Arrays.equals(first, that.first);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(first) + bits;
  }
}
