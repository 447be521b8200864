package io.tocsin.cli;

import io.javalin.util.JavalinBindException;
import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.watchdog.OutsideWatch;
import io.tocsin.alerting.outbound.OutboundRules;
import io.tocsin.alerting.outbound.PinnedHttp;
import io.tocsin.alerting.secret.SecretRef;
import io.tocsin.config.Config;
import io.tocsin.server.WatchdogServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the far end of the watchdog: on another machine, it waits for signs of life. */
@Command(
    name = "watchdog",
    description = {
      "Waits, on another machine, for signs of life of an installation, and tells people through",
      "the channels of its own configuration when none has come for a while."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user",
      "3:the configuration cannot be used, or has no channels",
      "14:the port is taken, or there is no such address here"
    },
    footer = {
      "",
      "The installation sends to it with a webhook that has the same secret:",
      "  notifications: {watchdog: {via: {webhook: {url: \"http://far:18090/sign\",",
      "                                             secret: {file: watchdog.secret}}}}}",
      "",
      "Examples:",
      "  tocsin watchdog --config far.yaml --secret watchdog.secret",
      "  tocsin watchdog --config far.yaml --secret watchdog.secret --bind 0.0.0.0 --silence 60s"
    })
final class WatchdogCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;

  @Option(
      names = "--secret",
      required = true,
      paramLabel = "FILE",
      description = "Holds the secret that signs of life are signed with.")
  private Path secret;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Listen here. Default: 127.0.0.1, where only this machine reaches it.")
  private String bind = "127.0.0.1";

  @Option(names = "--port", paramLabel = "PORT", description = "Default: 18090; 0 for any.")
  private int port = 18_090;

  @Option(
      names = "--silence",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      description = "Tell people when no sign has come for so long. Default: 90s.")
  private Duration silence = Duration.ofSeconds(90);

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Config config = options.load();
    NotificationConfig notifications = config.notifications();
    if (notifications.channels().isEmpty()) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          "notifications.channels names no channel, so that nobody could be told");
    }
    Clock clock = Clock.systemUTC();
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
    try (WatchdogServer server =
        new WatchdogServer(
            bind, new SecretRef(secret, null), watch::heard, watch::silentSince, clock)) {
      out.printf(
          "watchdog: listening at http://%s:%d/sign; alarm after %d s of silence, through %s; Ctrl-C"
              + " stops%n",
          bind, server.start(port), silence.toSeconds(), String.join(", ", channels.keySet()));
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
}
