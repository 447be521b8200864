package io.tocsin.streams.window;

/** A reading of the grace period, and what it makes with the one before it. Changed in place. */
final class Waiting {

  final Reading reading;
  Rating rating;

  Waiting(Reading reading) {
    this.reading = reading;
  }

  /** The interval that ends with it; null where it has no rate. */
  Interval interval() {
    return rating instanceof Rating.Rated rated ? rated.interval() : null;
  }
}
