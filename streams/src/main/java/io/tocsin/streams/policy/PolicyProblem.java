package io.tocsin.streams.policy;

/**
 * One thing that is wrong with a policy.
 *
 * @param pointer where, as a JSON pointer into the policy, such as {@code /rules/0/condition}
 * @param message what is wrong and what would be right
 */
public record PolicyProblem(String pointer, String message) {

  @Override
  public String toString() {
    return pointer.isEmpty() ? message : pointer.substring(1).replace('/', '.') + ": " + message;
  }
}
