package io.tocsin.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.util.Locale;

/** Enums as people write them: {@code non-core} is NON_CORE. */
final class EnumWords extends BeanDeserializerModifier {

  private static final long serialVersionUID = 1L;

  @Override
  public JsonDeserializer<?> modifyEnumDeserializer(
      DeserializationConfig config,
      JavaType type,
      BeanDescription description,
      JsonDeserializer<?> ordinary) {
    return new Word(type.getRawClass());
  }

  private static final class Word extends StdScalarDeserializer<Object> {

    private static final long serialVersionUID = 1L;

    private final transient Object[] constants;

    Word(Class<?> type) {
      super(type);
      this.constants = type.getEnumConstants();
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
      for (Object constant : constants) {
        if (((Enum<?>) constant).name().equals(name)) {
          return constant;
        }
      }
      return context.handleWeirdStringValue(handledType(), text, "is none of the known words");
    }
  }
}
