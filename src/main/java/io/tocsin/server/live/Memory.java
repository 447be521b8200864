package io.tocsin.server.live;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * The newest events, for pages that lost their connection for a moment. Bounded: at most {@value
 * #MOST_EVENTS} events and {@value #MOST_CHARACTERS} characters. Not thread-safe.
 */
final class Memory {

  static final int MOST_EVENTS = 2_000;
  static final int MOST_CHARACTERS = 4_000_000;

  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private long characters;
  private long newest;

  /** Number of the newest event; 0 before the first. */
  long newest() {
    return newest;
  }

  void add(Event event) {
    events.addLast(event);
    newest = event.number();
    characters += event.json().length();
    while (events.size() > MOST_EVENTS || (characters > MOST_CHARACTERS && events.size() > 1)) {
      characters -= events.removeFirst().json().length();
    }
  }

  /** What came after an event, oldest first; empty if some of it is forgotten, or was never. */
  Optional<List<Event>> after(long number) {
    long forgotten = events.isEmpty() ? newest : events.getFirst().number() - 1;
    if (number < forgotten || number > newest) {
      return Optional.empty();
    }
    return Optional.of(events.stream().filter(event -> event.number() > number).toList());
  }
}
