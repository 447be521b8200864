package io.tocsin.alerting.notify.channel.email;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.Checks;
import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.schemas.secret.SecretRef;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Some mailboxes, by a mail server.
 *
 * @param host name of the mail server
 * @param port default 587, 465 with {@code tls}, 25 with {@code none}
 * @param security default starttls
 * @param from address of the sender
 * @param to addresses of the receivers, at most 50
 * @param username at the mail server; null for none
 * @param password for it; null for none
 */
public record EmailSpec(
    String host,
    Integer port,
    Security security,
    String from,
    List<String> to,
    String username,
    SecretRef password)
    implements ChannelSpec {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:-]{0,252}");
  private static final int MOST = 50;
  private static final int LAST_PORT = 65_535;

  /** How the way to the mail server is kept secret. */
  public enum Security {
    /** By the command STARTTLS, without which nothing is sent. */
    STARTTLS,
    /** From the first byte. */
    TLS,
    /** Not at all. */
    NONE
  }

  private static final Map<Security, Integer> PORTS =
      Map.of(Security.STARTTLS, 587, Security.TLS, 465, Security.NONE, 25);

  /**
   * Fills in the defaults.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public EmailSpec {
    Checks.require(
        host != null && HOST.matcher(host).matches(), "host must be the name of a mail server");
    security = security == null ? Security.STARTTLS : security;
    port = port == null ? PORTS.get(security) : port;
    Checks.require(port > 0 && port <= LAST_PORT, "port must be from 1 to 65535");
    address("from", from);
    Checks.require(to != null && !to.isEmpty(), "to is missing");
    Checks.require(to.size() <= MOST, "to must be at most " + MOST + " addresses");
    to.forEach(address -> address("to", address));
    to = List.copyOf(to);
    Checks.require(
        (username == null) == (password == null), "username and password belong together");
    Checks.require(
        password == null || security != Security.NONE,
        "password: without starttls or tls anybody on the way could read it");
  }

  private static void address(String key, String text) {
    Checks.require(text != null, key + " is missing");
    try {
      InternetAddress[] parsed = InternetAddress.parse(text, true);
      Checks.require(
          parsed.length == 1 && text.chars().noneMatch(Character::isISOControl),
          key + ": write one address for each entry");
      parsed[0].validate();
      Checks.require(parsed[0].getAddress().contains("@"), key + ": '" + text + "' has no @");
    } catch (AddressException wrong) {
      throw new IllegalArgumentException(key + ": '" + text + "' is not an address", wrong);
    }
  }

  @Override
  public String kind() {
    return "email";
  }

  /** The channel makes HTML of plain text itself, beside it. */
  @Override
  public Escaping escaping() {
    return Escaping.NONE;
  }

  @Override
  public Channel open(ChannelContext context) {
    return new EmailChannel(this, Map.of());
  }
}
