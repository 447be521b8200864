package io.tocsin.alerting.signal;

import java.util.Arrays;
import java.util.List;

/**
 * What rules may say of one figure.
 *
 * @param name as conditions and templates name it
 * @param type what it is
 * @param unit such as {@code %} or {@code ms}; empty if it has none
 * @param doc what it means, in one line
 * @param words the texts that it can be; empty if it can be any
 */
public record FieldDoc(String name, FieldType type, String unit, String doc, List<String> words) {

  /** Copies what it is given. */
  public FieldDoc {
    words = List.copyOf(words);
  }

  /** A number. */
  public static FieldDoc number(String name, String unit, String doc) {
    return new FieldDoc(name, FieldType.NUMBER, unit, doc, List.of());
  }

  /** True or false. */
  public static FieldDoc bool(String name, String doc) {
    return new FieldDoc(name, FieldType.BOOL, "", doc, List.of());
  }

  /** Any text. */
  public static FieldDoc text(String name, String doc) {
    return new FieldDoc(name, FieldType.TEXT, "", doc, List.of());
  }

  /** One of the constants of an enum. */
  public static <E extends Enum<E>> FieldDoc words(String name, Class<E> of, String doc) {
    return new FieldDoc(
        name,
        FieldType.TEXT,
        "",
        doc,
        Arrays.stream(of.getEnumConstants()).map(Enum::name).toList());
  }
}
