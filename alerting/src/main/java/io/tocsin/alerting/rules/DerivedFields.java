package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.AbsenceSignal;
import io.tocsin.alerting.signal.FieldDoc;
import io.tocsin.alerting.signal.FieldType;
import io.tocsin.alerting.signal.Observations;
import io.tocsin.alerting.signal.SignalKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The names that a rule's conditions and summary may use. */
public final class DerivedFields {

  private static final FieldDoc UNUSUAL =
      FieldDoc.bool(
          "unusual", "Whether it is so far from what is usual that somebody should know.");

  private static final List<FieldDoc> DEVIATION =
      List.of(
          FieldDoc.number(
              "score", "", "How far it is from what is usual, by the detector's scale."),
          FieldDoc.number("expected", "", "What is usual here and now."),
          FieldDoc.number("spread", "", "How much it usually varies."));

  private static final List<FieldDoc> BASELINE =
      Stream.concat(
              Stream.of(
                  UNUSUAL,
                  FieldDoc.bool("unusually_high", "Whether it is unusual and too high."),
                  FieldDoc.bool("unusually_low", "Whether it is unusual and too low.")),
              DEVIATION.stream())
          .toList();

  private static final List<FieldDoc> BURN =
      List.of(
          FieldDoc.number(
              "burn",
              "",
              "How fast the error budget burns; 1 uses it up exactly in its period. The lower one"
                  + " of the worst pair's two windows."),
          FieldDoc.number("burn_long", "", "The same, in that pair's long window."),
          FieldDoc.number("burn_short", "", "The same, in that pair's short window."),
          FieldDoc.number("burn_factor", "", "What that pair allows."),
          FieldDoc.bool("burning", "Whether both windows of a pair burn faster than it allows."),
          FieldDoc.number("burn_events", "", "Events in that pair's long window."));

  private DerivedFields() {}

  /** What a derivation works out, in the order in which people read it. */
  public static List<FieldDoc> of(Class<? extends Derivation> derivation) {
    if (derivation == Derivation.Rate.class) {
      return List.of(
          FieldDoc.number("rate", "", "Change per second, in the figure's unit."),
          FieldDoc.number("change", "", "Change over the time, in the figure's unit."));
    } else if (derivation == Derivation.Baseline.class) {
      return BASELINE;
    } else if (derivation == Derivation.BurnRate.class) {
      return BURN;
    } else if (derivation == Derivation.Difference.class) {
      List<FieldDoc> fields = new ArrayList<>();
      fields.add(FieldDoc.number("difference", "", "Caller minus callee, in the figure's unit."));
      fields.add(FieldDoc.number("caller", "", "The figure at the calling end."));
      fields.add(FieldDoc.number("callee", "", "The figure at the called end."));
      fields.add(UNUSUAL);
      fields.addAll(DEVIATION);
      return fields;
    } else if (derivation == Derivation.Absence.class) {
      return AbsenceSignal.FIELDS.docs();
    } else if (derivation == Derivation.Sequence.class) {
      return List.of(FieldDoc.number("steps", "", "Steps seen so far, in their order."));
    }
    return List.of();
  }

  /** All names that a rule may use, with what they mean. */
  static Map<String, FieldDoc> names(SignalKind signal, Class<? extends Derivation> derivation) {
    Map<String, FieldDoc> names = new LinkedHashMap<>();
    if (derivation != Derivation.Difference.class && derivation != Derivation.Sequence.class) {
      Observations.fields(signal).forEach(doc -> names.put(doc.name(), doc));
    }
    of(derivation).forEach(doc -> names.put(doc.name(), doc));
    Observations.commonFields().forEach(doc -> names.put(doc.name(), doc));
    return names;
  }

  /** The numbers of a signal, of which others can be derived. */
  static List<String> numbers(SignalKind signal) {
    return Observations.fields(signal).stream()
        .filter(doc -> doc.type() == FieldType.NUMBER)
        .map(FieldDoc::name)
        .toList();
  }
}
