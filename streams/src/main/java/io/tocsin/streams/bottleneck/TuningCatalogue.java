package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.Advice;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.window.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What may be tried against a bottleneck, best first: the order of the file, but what has
 * conditions comes before what always fits, so that entries appended to the built-in ones are seen.
 */
public final class TuningCatalogue {

  /** More than that nobody reads while the pager rings. */
  static final int MOST_ADVICE = 5;

  /** One file per kind of bottleneck. */
  private static final List<String> BUILT_IN =
      List.of("tuning/cpu.yaml", "tuning/memory.yaml", "tuning/io.yaml", "tuning/network.yaml");

  private static final Comparator<TuningEntry> CONDITIONED_FIRST =
      Comparator.comparing(entry -> entry.when().isEmpty());

  private final List<TuningEntry> entries;

  private TuningCatalogue(List<TuningEntry> entries) {
    this.entries = entries.stream().sorted(CONDITIONED_FIRST).toList();
  }

  /** The catalogue that comes with the program; read once. */
  public static TuningCatalogue builtIn() {
    return BuiltIn.CATALOGUE;
  }

  private static final class BuiltIn {

    private static final TuningCatalogue CATALOGUE = read();

    private static TuningCatalogue read() {
      List<TuningEntry> entries = new ArrayList<>();
      for (String file : BUILT_IN) {
        try (InputStream in = TuningCatalogue.class.getResourceAsStream(file)) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          entries.addAll(CatalogueReader.read(file, text));
        } catch (IOException | CatalogueException broken) {
          throw new IllegalStateException("the built-in " + file + " is broken", broken);
        }
      }
      return new TuningCatalogue(entries);
    }
  }

  /**
   * This catalogue and a file of the same form; an entry with the id of one that is here takes its
   * place.
   *
   * @throws CatalogueException with all that is wrong with the file
   */
  public TuningCatalogue with(Path file) throws CatalogueException {
    try {
      return with(file.toString(), Files.readString(file));
    } catch (NoSuchFileException missing) {
      throw new CatalogueException(List.of(file + ": there is no such file"));
    } catch (CharacterCodingException notText) {
      throw new CatalogueException(List.of(file + ": is not text in UTF-8"));
    } catch (IOException unreadable) {
      throw new CatalogueException(List.of(file + ": cannot be read: " + unreadable.getMessage()));
    }
  }

  TuningCatalogue with(String file, String text) throws CatalogueException {
    Map<String, TuningEntry> byId = new LinkedHashMap<>();
    entries.forEach(entry -> byId.put(entry.id(), entry));
    CatalogueReader.read(file, text).forEach(entry -> byId.put(entry.id(), entry));
    return new TuningCatalogue(List.copyOf(byId.values()));
  }

  /** All entries, best first. */
  public List<TuningEntry> entries() {
    return entries;
  }

  /** What fits, best first, at most {@value #MOST_ADVICE}. */
  List<Advice> advise(BottleneckKind kind, ResourceKind resource, Interval interval) {
    List<Advice> advice = new ArrayList<>(MOST_ADVICE);
    for (TuningEntry entry : entries) {
      if (entry.kind() == kind && entry.appliesTo().contains(resource) && entry.fits(interval)) {
        advice.add(
            new Advice(
                entry.id(),
                entry.title(),
                entry.command(),
                entry.risk(),
                entry.source(),
                entry.because(resource, interval)));
        if (advice.size() == MOST_ADVICE) {
          break;
        }
      }
    }
    return advice;
  }
}
