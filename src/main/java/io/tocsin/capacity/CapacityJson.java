package io.tocsin.capacity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.OptionalDouble;

/** Answers about capacity as JSON: what is not known is null, which NaN in JSON is not. */
public final class CapacityJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new Number())
                  .addSerializer(double.class, new Number())
                  .addSerializer(double[].class, new Numbers())
                  .addSerializer(OptionalDouble.class, new Maybe()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private CapacityJson() {}

  /** Indented, for people and scripts. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("not printable as JSON: " + value, broken);
    }
  }

  /** The same on one line. */
  public static String line(Object value) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("not printable as JSON: " + value, broken);
    }
  }

  private static void write(JsonGenerator out, double value) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeNull();
    }
  }

  private static final class Number extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider any)
        throws IOException {
      write(out, value);
    }
  }

  private static final class Numbers extends JsonSerializer<double[]> {
    @Override
    public void serialize(double[] values, JsonGenerator out, SerializerProvider any)
        throws IOException {
      out.writeStartArray();
      for (double value : values) {
        write(out, value);
      }
      out.writeEndArray();
    }
  }

  private static final class Maybe extends JsonSerializer<OptionalDouble> {
    @Override
    public void serialize(OptionalDouble value, JsonGenerator out, SerializerProvider any)
        throws IOException {
      write(out, value.orElse(Double.NaN));
    }
  }
}
