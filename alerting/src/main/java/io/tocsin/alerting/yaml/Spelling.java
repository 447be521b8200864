package io.tocsin.alerting.yaml;

import java.util.Collection;
import java.util.Comparator;

/**
 * What somebody may have meant: the word with the smallest Levenshtein distance, if that is less
 * than a third of the longer word. The third is ours: more is another word rather than a slip.
 */
public final class Spelling {

  private Spelling() {}

  /** {@code ; did you mean …?}, or nothing where no known word is near. */
  public static String hint(String written, Collection<String> known) {
    return known.stream()
        .filter(word -> distance(written, word) * 3 < Math.max(written.length(), word.length()))
        .min(
            Comparator.comparingInt((String word) -> distance(written, word))
                .thenComparing(word -> word))
        .map(word -> "; did you mean " + word + "?")
        .orElse("");
  }

  private static int distance(String from, String to) {
    if (from.length() > 100) {
      return from.length();
    }
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
