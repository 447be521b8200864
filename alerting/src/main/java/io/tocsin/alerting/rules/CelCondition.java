package io.tocsin.alerting.rules;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import io.tocsin.alerting.signal.FieldDoc;
import io.tocsin.alerting.signal.Fields;
import java.util.Map;
import java.util.Optional;

/** A condition that CEL's interpreter evaluates; looks up only the figures that it comes to. */
record CelCondition(
    String text, String field, CelRuntime.Program program, Map<String, FieldDoc> names)
    implements Condition {

  @Override
  public Truth of(Fields fields) {
    CelVariableResolver figures = name -> Optional.ofNullable(figure(fields, name));
    try {
      return program.eval(figures) instanceof Boolean holds ? Truth.of(holds) : Truth.UNKNOWN;
    } catch (CelEvaluationException notKnown) {
      return Truth.UNKNOWN;
    } catch (RuntimeException mistake) {
      // A function of the library that does not expect its input must not stop the judging.
      return Truth.UNKNOWN;
    }
  }

  /** The figure as it was declared; null if it is not known or something else. */
  private Object figure(Fields fields, String name) {
    FieldDoc doc = names.get(name);
    Object figure = doc == null ? null : fields.get(name);
    if (figure == null) {
      return null;
    }
    return switch (doc.type()) {
      case NUMBER -> {
        double number = figure instanceof Number some ? some.doubleValue() : Double.NaN;
        yield Double.isNaN(number) ? null : number;
      }
      case BOOL -> figure instanceof Boolean ? figure : null;
      case TEXT -> figure instanceof String ? figure : null;
      case LABELS -> figure instanceof Map ? figure : null;
    };
  }
}
