package io.tocsin.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
    return new Watching(options.load(), spec.commandLine().getOut(), Clock.systemUTC())
        .run(secret, bind, port, silence);
  }
}
