package io.tocsin.cli;

import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.watchdog.OutsideWatch;
import io.tocsin.alerting.outbound.OutboundRules;
import io.tocsin.alerting.outbound.PinnedHttp;
import io.tocsin.config.Config;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.server.http.Transport;
import io.tocsin.server.stage.WatchdogServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The far end of the watchdog at work. Apart from its command, whose class an agent loads without
 * the libraries that are needed here.
 */
final class Watching {

  private final Config config;
  private final PrintWriter out;
  private final Clock clock;

  Watching(Config config, PrintWriter out, Clock clock) {
    this.config = config;
    this.out = out;
    this.clock = clock;
  }

  /** Waits until Ctrl-C. */
  int run(Path secret, String bind, int port, Duration silence)
      throws CommandFailure, InterruptedException {
    NotificationConfig notifications = config.notifications();
    if (notifications.channels().isEmpty()) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          "notifications.channels names no channel, so that nobody could be told");
    }
    PinnedHttp http = new PinnedHttp(OutboundRules.of(notifications.allowPrivate()), clock);
    Map<String, Channel> channels = new LinkedHashMap<>();
    notifications
        .channels()
        .forEach(
            channel ->
                channels.put(channel.name(), channel.via().open(new ChannelContext(http, clock))));
    OutsideWatch watch =
        new OutsideWatch(
            channels,
            silence,
            clock,
            line -> {
              out.println(clock.instant() + " " + line);
              out.flush();
            });
    Transport transport = transport();
    try (WatchdogServer server =
        new WatchdogServer(
            bind, transport, SecretRef.in(secret), watch::heard, watch::silentSince, clock)) {
      int opened = server.start(port);
      HealthFile.tellLive(transport.scheme(), bind, opened);
      out.printf(
          "watchdog: listening at %s://%s:%d/sign; alarm after %d s of silence, through %s; Ctrl-C"
              + " stops%n",
          transport.scheme(),
          bind,
          opened,
          silence.toSeconds(),
          String.join(", ", channels.keySet()));
      out.flush();
      while (true) {
        watch.look();
        Thread.sleep(1_000);
      }
    } catch (JavalinBindException taken) {
      throw new CommandFailure(
          14, "port " + port + " at " + bind + " cannot be had; choose another", taken);
    }
  }

  private Transport transport() throws CommandFailure {
    try {
      return Transport.of(config.server().tls(), new SimpleMeterRegistry());
    } catch (IllegalArgumentException unusable) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, "server." + unusable.getMessage(), unusable);
    }
  }
}
