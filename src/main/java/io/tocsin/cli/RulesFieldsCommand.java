package io.tocsin.cli;

import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.DerivedFields;
import io.tocsin.alerting.signal.FieldDoc;
import io.tocsin.alerting.signal.Observations;
import io.tocsin.alerting.signal.SignalKind;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what conditions may speak of. */
@Command(
    name = "fields",
    description = "What conditions and summaries of rules may speak of, by signal.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  tocsin rules fields latency", "  tocsin rules fields --json"})
final class RulesFieldsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Parameters(arity = "0..1", paramLabel = "SIGNAL", description = "Only of this signal.")
  private SignalKind signal;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, List<FieldDoc>> all = new LinkedHashMap<>();
    for (SignalKind kind : SignalKind.values()) {
      if (signal == null || signal == kind) {
        all.put(kind.word(), Observations.fields(kind));
      }
    }
    all.put("every signal", Observations.commonFields());
    for (Class<?> derivation : Derivation.class.getPermittedSubclasses()) {
      List<FieldDoc> fields = DerivedFields.of(derivation.asSubclass(Derivation.class));
      if (!fields.isEmpty()) {
        all.put("with " + word(derivation), fields);
      }
    }
    if (json.wanted()) {
      out.println(Json.text(all));
      return 0;
    }
    all.forEach(
        (of, fields) -> {
          out.printf("%s:%n", of);
          fields.forEach(
              field ->
                  out.printf(
                      "  %-34s %-8s %-8s %s%n",
                      field.name(),
                      field.type().name().toLowerCase(Locale.ROOT),
                      field.unit(),
                      field.doc()));
        });
    return 0;
  }

  private static String word(Class<?> derivation) {
    return derivation
        .getSimpleName()
        .replaceAll("([a-z])([A-Z])", "$1-$2")
        .toLowerCase(Locale.ROOT);
  }
}
