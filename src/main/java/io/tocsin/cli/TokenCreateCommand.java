package io.tocsin.cli;

import io.tocsin.server.access.AccessDesk;
import io.tocsin.server.access.Role;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a token. */
@Command(
    name = "create",
    description = {
      "Makes a token and shows it once; only its hash is kept. Each role may do what those before",
      "it may: viewer looks, responder works on incidents, operator decides about healing and",
      "changes rules, admin makes tokens."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the token holds", "2:the token cannot be made so", "4:no answer"},
    footer = {
      "",
      "Examples:",
      "  tocsin token create --name kim --role admin",
      "  tocsin token create --name prometheus --role responder --for 365d > /run/secrets/tocsin"
    })
final class TokenCreateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TokenTopic topic;
  @Mixin private JsonOption json;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "Who will use it; the audit calls them so.")
  private String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "viewer, responder, operator or admin.")
  private Role role;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "90d",
      converter = SpanConverter.class,
      description = "How long it holds, at most 366d (default: ${DEFAULT-VALUE}).")
  private Duration time;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who you are, for the audit (default: ${DEFAULT-VALUE}).")
  private String by;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    List<String> problems = AccessDesk.problems(name, role, time);
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("; ", problems));
    }
    AccessDesk.Given given = topic.with((tokens, desk) -> desk.token(name, role, time, by));
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("id", given.token().getId());
      fields.put("token", given.text().text());
      fields.put("expiresAt", given.token().getExpiresAt());
      out.println(Json.text(fields));
    } else {
      out.println(given.text().text());
      spec.commandLine()
          .getErr()
          .println(
              "this is the only time it is shown; it holds until " + given.token().getExpiresAt());
    }
    return 0;
  }
}
