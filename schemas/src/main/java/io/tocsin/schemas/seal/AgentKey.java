package io.tocsin.schemas.seal;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The key of one agent. As text, which is what its file holds, it is {@code <agent>:<key>}, so that
 * a key that was put on the wrong machine is noticed there and not by its readers alone.
 */
public final class AgentKey {

  /** Ids of agents that can be sealed for: as names of hosts are in resource ids. */
  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,252}");

  static final int BYTES = 32;

  private final String agent;
  private final byte[] bytes;

  AgentKey(String agent, byte[] bytes) {
    this.agent = agent;
    this.bytes = bytes;
  }

  /**
   * A key out of its file.
   *
   * @throws IllegalArgumentException if the text is none; the message does not repeat it
   */
  public static AgentKey parse(String text) {
    int colon = text.indexOf(':');
    if (colon > 0 && ID.matcher(text.substring(0, colon)).matches()) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(text.substring(colon + 1));
        if (bytes.length == BYTES) {
          return new AgentKey(text.substring(0, colon), bytes);
        }
      } catch (IllegalArgumentException notBase64) {
        // Said below; the decoder's own message tells a character of the key.
      }
    }
    throw new IllegalArgumentException(
        "is no key of an agent, which tocsin agents enrol makes: <agent>:<key>");
  }

  /** Whose it is. */
  public String agent() {
    return agent;
  }

  /** The text to be put into its file; a secret. */
  public String text() {
    return agent + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whose it is, and not what it is. */
  @Override
  public String toString() {
    return "key of agent " + agent;
  }
}
