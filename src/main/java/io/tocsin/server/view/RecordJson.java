package io.tocsin.server.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;

/**
 * A record of a topic as plain maps and lists, under the names of its schema, for Jackson to write.
 * What is null is left out.
 */
public final class RecordJson {

  private RecordJson() {}

  /** All its fields. */
  public static Map<String, Object> of(IndexedRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value != null) {
        fields.put(field.name(), plain(value));
      }
    }
    return fields;
  }

  private static Object plain(Object value) {
    if (value instanceof IndexedRecord record) {
      return of(record);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(RecordJson::plain).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put(key.toString(), plain(each)));
      return copy;
    }
    return value instanceof CharSequence || value instanceof GenericEnumSymbol<?>
        ? value.toString()
        : value;
  }
}
