package io.tocsin.capacity.choice;

import io.tocsin.alerting.yaml.Problem;
import io.tocsin.alerting.yaml.YamlObject;
import io.tocsin.alerting.yaml.YamlSource;
import io.tocsin.alerting.yaml.YamlText;
import io.tocsin.capacity.CapacityException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads decision matrices: the one that comes with the program, and what others say instead. */
public final class MatrixReader {

  private static final String SHIPPED = "matrix.yaml";
  private static final List<String> WORKLOAD =
      List.of("match", "strong-isolation", "own-kernel", "stateful", "critical", "staff-knows");
  private static final List<String> CRITERIA =
      Arrays.stream(Criterion.values()).map(Criterion::word).toList();

  private final YamlSource source;

  private MatrixReader(YamlSource source) {
    this.source = source;
  }

  /** The matrix that comes with the program. */
  public static Matrix shipped() {
    try (InputStream text = MatrixReader.class.getResourceAsStream(SHIPPED)) {
      return read(SHIPPED, new String(text.readAllBytes(), StandardCharsets.UTF_8), null);
    } catch (IOException | CapacityException broken) {
      throw new IllegalStateException("the shipped matrix is broken: " + broken, broken);
    }
  }

  /**
   * A matrix that says some things otherwise than the shipped one.
   *
   * @throws CapacityException with file, line and key of everything that is wrong
   */
  public static Matrix read(String file, String text) throws CapacityException {
    return read(file, text, shipped());
  }

  private static Matrix read(String file, String text, Matrix base) throws CapacityException {
    YamlSource source = new YamlSource(file, 1, text);
    Optional<Matrix> matrix =
        source.root("").map(root -> new MatrixReader(source).matrix(root, base));
    if (!source.isGood() || matrix.isEmpty()) {
      throw new CapacityException(source.problems().stream().map(Problem::toString).toList());
    }
    return matrix.get();
  }

  private Matrix matrix(YamlObject root, Matrix base) {
    root.allow(List.of("weights", "scores", "margin", "guest-gib", "workloads"));
    Map<Criterion, Double> weights = new EnumMap<>(Criterion.class);
    Map<Criterion, Matrix.Stated> scores = new EnumMap<>(Criterion.class);
    if (base != null) {
      weights.putAll(base.weights());
      scores.putAll(base.scores());
    }
    root.object("weights").ifPresent(written -> weights(written, weights));
    root.object("scores").ifPresent(written -> scores(written, scores));
    if (source.isGood() && weights.values().stream().mapToDouble(Double::doubleValue).sum() <= 0) {
      root.problem("weights", "are all 0; at least one criterion has to count");
    }
    return new Matrix(
        weights,
        scores,
        number(root, "margin", 0, 1).orElse(base == null ? 0.05 : base.margin()),
        number(root, "guest-gib", 0, 64).orElse(base == null ? 0.5 : base.guestGib()),
        root.has("workloads")
            ? root.objects("workloads").stream().map(MatrixReader::workload).toList()
            : List.of());
  }

  private static void weights(YamlObject written, Map<Criterion, Double> weights) {
    written.allow(CRITERIA);
    for (Criterion criterion : Criterion.values()) {
      number(written, criterion.word(), 0, 1_000).ifPresent(w -> weights.put(criterion, w));
    }
  }

  private static void scores(YamlObject written, Map<Criterion, Matrix.Stated> scores) {
    written.allow(CRITERIA);
    for (Criterion criterion : Criterion.values()) {
      if (!written.has(criterion.word())) {
        continue;
      }
      written
          .object(criterion.word())
          .ifPresent(
              score -> {
                score.allow(List.of("vm", "container", "why"));
                double vm = score.required("vm").flatMap(MatrixReader::share).orElse(0.0);
                double container =
                    score.required("container").flatMap(MatrixReader::share).orElse(0.0);
                String why = score.text("why").map(YamlText::value).orElse("as written down");
                scores.put(criterion, new Matrix.Stated(vm, container, why));
              });
    }
  }

  private static Workload workload(YamlObject written) {
    written.allow(WORKLOAD);
    return new Workload(
        written.required("match").map(YamlText::value).orElse("*"),
        isTrue(written, "strong-isolation"),
        isTrue(written, "own-kernel"),
        !written.has("stateful") || isTrue(written, "stateful"),
        isTrue(written, "critical"),
        isTrue(written, "staff-knows"));
  }

  private static boolean isTrue(YamlObject written, String key) {
    return written.has(key) && written.text(key).flatMap(YamlText::bool).orElse(false);
  }

  private static Optional<Double> share(YamlText text) {
    return text.number(0, 1);
  }

  private static Optional<Double> number(YamlObject from, String key, double least, double most) {
    return from.has(key)
        ? from.text(key).flatMap(text -> text.number(least, most))
        : Optional.empty();
  }
}
