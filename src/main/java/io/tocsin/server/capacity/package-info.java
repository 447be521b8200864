/** Capacity: the answers of {@code tocsin capacity} from the history of this installation. */
@NullMarked
package io.tocsin.server.capacity;

import org.jspecify.annotations.NullMarked;
