package io.tocsin.alerting.notify.channel;

import java.util.List;

/** A receiver that does as it is told and remembers what it was sent. */
public interface FakeReceiver extends AutoCloseable {

  /** What it does with the next messages. */
  enum Does {
    ACCEPT,
    /** Too many; in HTTP, again after 7 s. */
    LATER,
    BROKEN,
    BAD_GATEWAY,
    HANG,
    NOT_UNDERSTAND,
    NOT_KNOW_THE_KEY,
    NOT_BE_FOUND,
    /** Refuse, and repeat all that it was sent, key included. */
    REPEAT_IT
  }

  int port();

  void does(Does next);

  /** What came, as text, oldest first. */
  List<String> received();

  @Override
  void close();
}
