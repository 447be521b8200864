package io.tocsin.schemas.seal;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A seal as it travels beside its record, for those who carry records on in a form of their own.
 */
public final class SealHeaders {

  /** Header that names the agent. */
  static final String AGENT = "tocsin-agent";

  /** Header with the seal itself. */
  static final String SEAL = "tocsin-seal";

  private SealHeaders() {}

  /** Who is said to have sealed it; null if nobody is. */
  public static String agent(Headers headers) {
    byte[] agent = value(AGENT, headers);
    return agent == null ? null : new String(agent, StandardCharsets.UTF_8);
  }

  /** The seal; null if there is none. */
  public static byte[] seal(Headers headers) {
    return value(SEAL, headers);
  }

  /** Puts back what was taken out; nothing where nothing was. */
  public static void put(String agent, byte[] seal, Headers headers) {
    if (agent != null && seal != null) {
      headers.add(AGENT, agent.getBytes(StandardCharsets.UTF_8));
      headers.add(SEAL, seal);
    }
  }

  private static byte[] value(String name, Headers headers) {
    Header header = headers.lastHeader(name);
    return header == null ? null : header.value();
  }
}
