package io.tocsin.collectors.app.receiver;

import io.tocsin.collectors.app.figure.Malformed;
import java.util.Set;

/** One protocol: how its bodies are read, and how its clients want to be answered. */
interface Endpoint {

  /** Media types that are taken; an empty one if none need be given. Empty: all. */
  Set<String> contentTypes();

  /** Most bytes of a body, where reading it takes a multiple of its size in memory. */
  default int bodyLimit(String contentType) {
    return Integer.MAX_VALUE;
  }

  /**
   * Takes a body in.
   *
   * @param intake takes what is accepted; counts if this returns, whatever the answer
   * @param rejections takes the reason for each part that was left out
   * @throws Malformed if the body as a whole cannot be read; nothing of it is then taken
   * @throws FigureQueue.Full if there is no room
   */
  Answer take(Request request, FigureQueue.Intake intake, Rejections rejections) throws Malformed;

  /** The answer to a request that was refused as a whole. */
  Answer refusal(int status, String why, String contentType);
}
