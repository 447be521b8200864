package io.tocsin.alerting.yaml;

import java.util.Collection;
import java.util.Comparator;

/**
 * What somebody may have meant: the word that is the fewest letters away, if those are less than a
 * third of the longer word. A letter put in, left out, replaced, or swapped with its neighbour
 * counts as one (optimal string alignment). The third is ours: more is another word rather than a
 * slip.
 */
public final class Spelling {

  /** Nobody meant a word of this length by another one. */
  private static final int LONGEST = 100;

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
    if (from.length() > LONGEST) {
      return from.length();
    }
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + replaced);
        boolean isSwapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        cost[i][j] = isSwapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[from.length()][to.length()];
  }
}
