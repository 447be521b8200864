package io.tocsin.server.capacity;

import io.tocsin.capacity.choice.Matrix;
import io.tocsin.capacity.choice.MatrixReader;
import io.tocsin.capacity.cost.PriceBook;
import java.util.Optional;

/**
 * What capacity is priced and weighed by.
 *
 * @param prices empty where nobody wrote any down
 * @param matrix weights of the criteria
 */
public record CapacityBooks(Optional<PriceBook> prices, Matrix matrix) {

  /** Without prices, by the matrix that ships. */
  public static CapacityBooks shipped() {
    return new CapacityBooks(Optional.empty(), MatrixReader.shipped());
  }
}
