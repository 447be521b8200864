package io.tocsin.alerting.healing.execute;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What an action does, as the operator has written it down under the executor's key: {@code does:
 * {docker: {operation: restart}}}. One record per kind of executor, in a package of its own beside
 * its executor, its {@code config.schema.json} and its {@code sample.yaml}; its constructor checks
 * all it can and throws {@link IllegalArgumentException} naming the key that is wrong.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
public interface ExecutorSpec {

  /** The executor's key, as in {@link ExecutorKinds}. */
  String kind();

  /** What it does in a word or two for people, such as {@code docker restart}. */
  String title();

  /**
   * Whether it takes something away while it runs: a restart does, a look does not. Only what is
   * seen to be down, or is asked for by an alert, may be disrupted.
   */
  boolean isDisruptive();

  /**
   * Checks what a target is called in the executor's own words, such as a container's name.
   *
   * @throws IllegalArgumentException saying what it must look like
   */
  void checkObject(String object);

  /** An executor that does this. */
  ActionExecutor open(ExecutorContext context);
}
