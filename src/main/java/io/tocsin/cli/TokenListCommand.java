package io.tocsin.cli;

import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessToken;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists tokens. */
@Command(
    name = "list",
    description = "Tokens that hold, newest first; never the tokens themselves.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:they are listed", "4:no answer"},
    footer = {"", "Example:", "  tocsin token list --sessions --json"})
final class TokenListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TokenTopic topic;
  @Mixin private JsonOption json;

  @Option(names = "--sessions", description = "Browsers that are signed in, too.")
  private boolean sessions;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    List<AccessToken> all =
        topic.with(
            (tokens, desk) ->
                tokens.holding(topic.clock().instant()).stream()
                    .filter(each -> sessions || each.getKind() == AccessKind.TOKEN)
                    .toList());
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      out.println(Json.text(all.stream().map(TokenListCommand::fields).toList()));
      return 0;
    }
    if (all.isEmpty()) {
      out.println("there is none; tocsin token create makes one");
      return 0;
    }
    String row = "%-16s %-8s %-10s %-20s %-20s %s%n";
    out.printf(row, "ID", "KIND", "ROLE", "UNTIL", "BY", "NAME");
    for (AccessToken each : all) {
      out.printf(
          row,
          each.getId(),
          each.getKind().name().toLowerCase(Locale.ROOT),
          each.getRole().name().toLowerCase(Locale.ROOT),
          each.getExpiresAt(),
          Terminal.plain(each.getCreatedBy()),
          Terminal.plain(each.getName()));
    }
    return 0;
  }

  private static Map<String, Object> fields(AccessToken token) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", token.getId());
    fields.put("kind", token.getKind().name());
    fields.put("name", token.getName());
    fields.put("role", token.getRole().name());
    fields.put("createdAt", token.getCreatedAt());
    fields.put("createdBy", token.getCreatedBy());
    fields.put("expiresAt", token.getExpiresAt());
    return fields;
  }
}
