package io.tocsin.server.rule;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.schemas.RuleText;
import io.tocsin.server.access.Caller;
import io.tocsin.server.access.Change;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.incident.CommandApi;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Changes of rules. They are checked here as alerting checks them, all before any is written, so
 * that nobody has to look elsewhere for why one was refused; they hold within seconds.
 */
public final class RuleChangeApi implements Area {

  private static final int PATIENCE_S = 10;

  private final Rules rules;
  private final RuleSink sink;
  private final Clock clock;

  /** Of the rules that are known, on a topic that {@code sink} writes. */
  public RuleChangeApi(Rules rules, RuleSink sink, Clock clock) {
    this.rules = rules;
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * What became of a rule.
   *
   * @param change {@code new}, {@code changed}, {@code unchanged} or {@code removed}
   */
  public record Changed(String name, @Nullable String version, String change) {}

  /** What became of all of them. */
  public record Changes(List<Changed> rules) {}

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/rules", Role.OPERATOR)
            .does("rules", "Makes rules hold, within seconds; rules of other names stay.")
            .takes(RuleBody.Text.class)
            .answers(Changes.class)
            .by(this::apply),
        Endpoint.delete("/api/v1/rules/{name}", Role.OPERATOR)
            .does("rules", "Takes a rule out; what fires under it ends.")
            .path("name", "the rule")
            .answers(Changes.class)
            .by(this::remove));
  }

  private void apply(Context context) {
    CommandApi.handle(
        context,
        RuleBody.Text.class,
        body -> {
          Map<String, RuleText> there = rules.texts();
          RuleReading reading = RuleTrial.read(body.required(), there.keySet());
          if (!reading.isGood() || reading.rules().isEmpty()) {
            problem(
                context,
                HttpStatus.UNPROCESSABLE_CONTENT,
                "the rules cannot be used; nothing is written",
                reading.problems().stream().sorted().map(each -> each.toString()).toList());
            return;
          }
          write(context, reading, CommandApi.by(context, body.by()), there);
        });
  }

  private void write(Context context, RuleReading reading, String by, Map<String, RuleText> there) {
    List<Changed> changes = new ArrayList<>();
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (LoadedRule loaded : reading.rules()) {
      RuleText text = loaded.asText(by, clock.instant());
      RuleText before = there.get(text.getName());
      boolean same = before != null && before.getVersion().equals(text.getVersion());
      if (!same) {
        String what = "rule " + text.getName() + " applied, version " + text.getVersion();
        sent.add(sink.tell(Change.of(by, what, clock.instant())));
        sent.add(sink.write(text));
      }
      changes.add(
          new Changed(
              text.getName(),
              text.getVersion(),
              same ? "unchanged" : before == null ? "new" : "changed"));
    }
    await(context, sent, new Changes(changes));
  }

  private void remove(Context context) {
    String name = context.pathParam("name");
    if (rules.named(name).isEmpty()) {
      RuleApi.notThere(context);
      return;
    }
    await(
        context,
        List.of(
            sink.tell(
                Change.of(Caller.of(context).by(), "rule " + name + " removed", clock.instant())),
            sink.remove(name)),
        new Changes(List.of(new Changed(name, null, "removed"))));
  }

  private static void await(Context context, List<CompletableFuture<?>> sent, Changes changes) {
    try {
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
          .get(PATIENCE_S, TimeUnit.SECONDS);
      context.status(HttpStatus.ACCEPTED).json(changes);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException refused) {
      problem(
          context,
          HttpStatus.SERVICE_UNAVAILABLE,
          "not all could be written; send it again, what is written already stays as it is");
    }
  }
}
