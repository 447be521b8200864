package io.tocsin.collectors.container;

/** What is known of a container's name. */
sealed interface Naming {

  /**
   * Its manager describes it.
   *
   * @param container the description
   * @param recent whether it was asked for after the container was found
   * @param stale whether it is too old to say anything of now
   * @param manager who says so
   */
  record Named(Described container, boolean recent, boolean stale, String manager)
      implements Naming {}

  /** Its manager has not been heard since it was found. */
  record NotYet() implements Naming {}

  /** Nobody will ever say. */
  record Nameless() implements Naming {}

  /** It only holds a pod's namespaces, or is on its way out; nobody wants to know. */
  record NotCounted() implements Naming {}
}
