package io.tocsin.cli;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.render.MessageRenderer;
import io.tocsin.alerting.outbound.OutboundHttp;
import io.tocsin.config.Config;
import io.tocsin.pipeline.NotifierStage;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a test message through a channel. */
@Command(
    name = "test",
    description = {
      "Sends a message of a made-up incident through a channel, then that it is over, and says what",
      "the receiver made of it. Needs no running pipeline."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the receiver has it",
      "2:there is no such channel",
      "3:the configuration cannot be used",
      "8:the receiver has it not"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin notify test pager -c my.yaml",
      "  tocsin notify test pager -c my.yaml --priority P0 --keep-open"
    })
final class NotifyTestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;

  @Parameters(paramLabel = "CHANNEL", description = "Name of a channel in the configuration.")
  private String channel;

  @Option(
      names = "--priority",
      defaultValue = "P3",
      paramLabel = "P0..P3",
      description = "How urgent it claims to be. Default: ${DEFAULT-VALUE}.")
  private Priority priority;

  @Option(names = "--keep-open", description = "Do not tell that it is over.")
  private boolean keepOpen;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Config config = options.load();
    ChannelConfig wanted = SampleMessage.channel(config, channel);
    PrintWriter out = spec.commandLine().getOut();
    Incident incident = SampleMessage.incident("tocsin-test-" + clock.millis(), clock.instant());
    incident.setPriority(priority);
    try (OutboundHttp http = NotifierStage.way(config.notifications(), clock);
        Channel open = wanted.via().open(new ChannelContext(http, clock))) {
      MessageRenderer renderer = new MessageRenderer(wanted, config.notifications().console());
      boolean good = send(open, renderer, incident, NotificationKind.PAGE, out);
      if (good && !keepOpen && wanted.resolves()) {
        good = send(open, renderer, incident, NotificationKind.RESOLVED, out);
      }
      return good ? 0 : CommandFailure.REFUSED;
    } catch (InterruptedException | CommandFailure told) {
      throw told;
    } catch (IllegalArgumentException bad) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, bad.getMessage(), bad);
    } catch (Exception broken) {
      // Its message may hold what the channel was configured with.
      throw new CommandFailure(
          CommandFailure.REFUSED, "the channel itself failed: " + broken.getClass().getName());
    }
  }

  private boolean send(
      Channel open,
      MessageRenderer renderer,
      Incident incident,
      NotificationKind kind,
      PrintWriter out)
      throws CommandFailure, InterruptedException {
    Instant now = clock.instant();
    long begun = System.nanoTime();
    SendAnswer answer =
        open.send(
            renderer.render(
                SampleMessage.delivery(
                    SampleMessage.notification(incident, kind, now), channel, now),
                Optional.of(incident),
                now));
    out.printf(
        "%-8s %s, after %d ms%n", kind, words(answer), (System.nanoTime() - begun) / 1_000_000);
    out.flush();
    return answer instanceof SendAnswer.Accepted;
  }

  private static String words(SendAnswer answer) {
    if (answer instanceof SendAnswer.Accepted accepted) {
      return accepted.receipt() == null
          ? "accepted"
          : "accepted as " + Terminal.plain(accepted.receipt());
    }
    if (answer instanceof SendAnswer.TryAgain again) {
      return "not now: "
          + Terminal.plain(again.reason())
          + (again.retryAfter() == null ? "" : "; asks for " + Terminal.span(again.retryAfter()));
    }
    return "refused: " + Terminal.plain(((SendAnswer.Refused) answer).reason());
  }
}
