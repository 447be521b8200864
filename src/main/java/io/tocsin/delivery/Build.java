package io.tocsin.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this program was built from, as the build wrote it down. */
public final class Build {

  /** Gauge of one, whose tag {@code version} says what runs. */
  public static final String METER = "tocsin.build.info";

  private static final Properties WRITTEN = load();

  private Build() {}

  private static Properties load() {
    Properties written = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      written.load(in);
      return written;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Value of a key of {@code build.properties}; null if there is no such key. */
  public static String of(String key) {
    return WRITTEN.getProperty(key);
  }

  /** The version, and the commit behind it where the build was told one: {@code 1.2.0-4f1c9a2}. */
  public static String version() {
    String commit = of("commit");
    return of("tocsin") + (commit == null || commit.isBlank() ? "" : "-" + commit.strip());
  }

  /** Tells a registry the version, and since when this process runs. */
  public static void bindTo(MeterRegistry meters) {
    Gauge.builder(METER, () -> 1)
        .description("one; the tag says which version this is")
        .tag("version", version())
        .strongReference(true)
        .register(meters);
    new UptimeMetrics().bindTo(meters);
  }
}
