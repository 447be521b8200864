package io.tocsin.alerting.signal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The figures that one type of record has: name, type, unit, meaning and how to get at it. Made
 * once per type, so that looking at a record makes no map.
 *
 * @param <R> the type of record
 */
public final class FieldTable<R> {

  private final List<FieldDoc> docs;
  private final Map<String, Function<R, Object>> getters;

  private FieldTable(Builder<R> builder) {
    this.docs = Collections.unmodifiableList(builder.docs);
    this.getters = builder.getters;
  }

  /** What its figures are, in the order in which people read them. */
  public List<FieldDoc> docs() {
    return docs;
  }

  /** The figures of one record; nothing is worked out before it is asked for. */
  public Fields of(R source) {
    return name -> {
      Function<R, Object> getter = getters.get(name);
      return getter == null ? null : getter.apply(source);
    };
  }

  static <R> Builder<R> builder() {
    return new Builder<>();
  }

  /** Adds figures one by one. */
  static final class Builder<R> {

    private final List<FieldDoc> docs = new ArrayList<>();
    private final Map<String, Function<R, Object>> getters = new HashMap<>();

    /** A figure that may be null. */
    Builder<R> add(FieldDoc doc, Function<R, Object> getter) {
      docs.add(doc);
      if (getters.put(doc.name(), getter) != null) {
        throw new IllegalArgumentException("two figures are called " + doc.name());
      }
      return this;
    }

    /** A number that is always there. */
    Builder<R> number(String name, String unit, String doc, ToDoubleFunction<R> getter) {
      return add(FieldDoc.number(name, unit, doc), getter::applyAsDouble);
    }

    /** A number that may be null. */
    Builder<R> maybe(String name, String unit, String doc, Function<R, Double> getter) {
      return add(FieldDoc.number(name, unit, doc), getter::apply);
    }

    /** True or false, always there. */
    Builder<R> bool(String name, String doc, Predicate<R> getter) {
      return add(FieldDoc.bool(name, doc), getter::test);
    }

    /** A text that may be null. */
    Builder<R> text(String name, String doc, Function<R, String> getter) {
      return add(FieldDoc.text(name, doc), getter::apply);
    }

    /** One of an enum's constants; UNSPECIFIED and null are not known. */
    <E extends Enum<E>> Builder<R> words(
        String name, Class<E> type, String doc, Function<R, E> getter) {
      return add(FieldDoc.words(name, type, doc), source -> word(getter.apply(source)));
    }

    FieldTable<R> build() {
      return new FieldTable<>(this);
    }
  }

  private static String word(Enum<?> constant) {
    return constant == null || constant.name().equals("UNSPECIFIED") ? null : constant.name();
  }
}
