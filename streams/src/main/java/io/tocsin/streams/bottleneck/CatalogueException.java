package io.tocsin.streams.bottleneck;

import java.util.List;

/** A tuning catalogue that cannot be used, with all that is wrong with it. */
public final class CatalogueException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  CatalogueException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each names the file, the entry and the key. */
  public List<String> problems() {
    return problems;
  }
}
