package io.tocsin.alerting.notify.render;

import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.notify.channel.BoundedText;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes messages for one channel from its templates, or from the usual ones where it has none.
 * Thread-safe; always makes a message: where a template of the channel's own cannot be used, the
 * usual one is, and the message says so.
 */
public final class MessageRenderer {

  /** Bounds of ours; channels cut further, to what their receivers take. */
  private static final int TITLE = 1_000;

  private static final int BODY = 16_000;
  private static final Pattern BLANK_LINES = Pattern.compile("\\n{3,}");
  private static final Pattern NOT_PLAIN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}&&[^\\n]]");

  private final ChannelConfig channel;
  private final URI console;
  private final Part title;
  private final Part body;
  private final Escapes escapes;

  /**
   * A renderer for a channel.
   *
   * @param console address of the console for links; null for none
   */
  public MessageRenderer(ChannelConfig channel, URI console) {
    this.channel = channel;
    this.console = console;
    String kind = channel.via().kind();
    this.title = Part.of(channel.title(), Templates.usual("title", kind));
    this.body = Part.of(channel.body(), Templates.usual("body", kind));
    this.escapes = new Escapes(channel.via().escaping());
  }

  /** A text, and why it is not the one that was asked for; null if it is. */
  private record Filled(String text, String problem) {}

  /** A template of the channel's own, or why there is none, and the usual one. */
  private record Part(Template own, String problem, Template usual) {

    static Part of(String own, String usual) {
      Template ours = Templates.compile(usual);
      if (own == null) {
        return new Part(null, null, ours);
      }
      try {
        return new Part(Templates.compile(own), null, ours);
      } catch (MustacheException broken) {
        return new Part(null, broken.getMessage(), ours);
      }
    }

    Filled fill(Map<String, Object> facts) {
      if (own == null) {
        return new Filled(fill(usual, facts), problem);
      }
      try {
        return new Filled(fill(own, facts), null);
      } catch (MustacheException broken) {
        Throwable cause = broken.getCause() == null ? broken : broken.getCause();
        return new Filled(fill(usual, facts), cause.getMessage());
      }
    }

    private static String fill(Template template, Map<String, Object> facts) {
      // Four times what is kept: escapes and blank lines count here, and do not later.
      BoundedWriter writer = new BoundedWriter(4 * BODY);
      template.execute(facts, writer);
      return writer.toString();
    }
  }

  /**
   * The message of a delivery as of now.
   *
   * @param incident as it is known now; empty where nothing is known of it
   */
  public Message render(Delivery delivery, Optional<Incident> incident, Instant now) {
    Notification notification = delivery.getNotification();
    TimeLeft left = TimeLeft.of(notification, incident, now);
    String link = Links.incident(console, notification.getIncidentId());
    Map<String, Object> facts = Facts.of(delivery, incident, left, link, escapes, now);
    Filled heading = title.fill(facts);
    Filled text = body.fill(facts);
    return new Message(
        delivery.getDedupKey(),
        notification,
        incident,
        heading(heading.text(), notification),
        body(text.text()) + notice("title", heading) + notice("body", text),
        left.remaining(),
        link,
        now);
  }

  private String heading(String text, Notification notification) {
    // A receiver that insists on a title takes none that is empty.
    String line = BoundedText.cut(PlainText.head(text, Integer.MAX_VALUE), TITLE);
    return line.isEmpty() ? "[" + notification.getPriority() + "] incident" : line;
  }

  private static String body(String text) {
    String plain = NOT_PLAIN.matcher(text.replace("\r\n", "\n")).replaceAll(" ").strip();
    return BoundedText.cut(BLANK_LINES.matcher(plain).replaceAll("\n\n"), BODY);
  }

  private String notice(String key, Filled filled) {
    return filled.problem() == null
        ? ""
        : "\n\nThis is the usual "
            + key
            + ": the template of channel '"
            + channel.name()
            + "' cannot be used: "
            + escapes.line(filled.problem(), 200);
  }
}
