package io.tocsin.streams.topology;

/** What an instance says when it is asked for the state of a resource. */
public sealed interface StateAnswer {

  /** It has it. */
  record Known(ResourceWindows windows) implements StateAnswer {}

  /** Another instance has it, or would have it. */
  record Elsewhere(String host, int port) implements StateAnswer {}

  /** Nobody does: this instance is the one that would know it. */
  record Unknown() implements StateAnswer {}

  /** It cannot be said now; worth another try in a second or so. */
  record NotNow(String why) implements StateAnswer {}
}
