package io.tocsin.capacity.report;

import io.tocsin.capacity.forecast.ForecastSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An assessment as one HTML file: no script, nothing from elsewhere, all text escaped. Its content
 * security policy allows nothing but its own style.
 */
public final class Report {

  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private Report() {}

  /**
   * The file's text.
   *
   * @param assessment what to report
   * @param forecasting how was forecast; for the words
   * @param madeAt when the report is made
   */
  public static String html(Assessment assessment, ForecastSettings forecasting, Instant madeAt) {
    Page page = new Page();
    page.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.element("title", "Capacity report");
    page.open("style").lines(style()).close().close().open("body");
    Summary.write(page, assessment, madeAt);
    ForecastSection.write(page, assessment.forecasts(), forecasting);
    SizeSection.write(page, assessment.advice());
    assessment.costs().ifPresent(costs -> CostSection.write(page, costs));
    ChoiceSection.write(page, assessment);
    page.close().close();
    return page.finish();
  }

  private static String style() {
    try (InputStream css = Report.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
