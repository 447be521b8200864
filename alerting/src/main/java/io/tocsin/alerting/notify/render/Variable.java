package io.tocsin.alerting.notify.render;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What templates may name. What is not known is empty, so that a section on it is left out. */
enum Variable {
  PRIORITY("P0 to P3"),
  KIND("PAGE, RAISED, REMINDER, ESCALATION, SUMMARY or RESOLVED"),
  RESOLVED("a section on it is shown if the incident is over"),
  SUMMARY("what is wrong, in one line"),
  REASON("why people are told now"),
  REMAINING("time to the next deadline, such as '42 min left to mitigate' or '12 min over'"),
  DUE("the next deadline"),
  SINCE("when the trouble began"),
  LASTED("how long it has lasted"),
  INCIDENT("id of the incident"),
  STATE("OPEN, ACKNOWLEDGED, HEALING, MITIGATED or RESOLVED"),
  RULE("name of the rule"),
  RESOURCE("id of the resource in trouble"),
  SERVICE("service it belongs to"),
  TIER("CORE or NON_CORE"),
  LAYER("INFRASTRUCTURE, APPLICATION, BUSINESS or SECURITY"),
  PRIORITY_REASON("why it has that priority"),
  LEVEL("0 for who is on call first, 1 for the next, and so on"),
  EVIDENCE("list: what the decision rests on; each is {{.}}"),
  AFFECTED("ids of affected resources, with commas"),
  HEALING("what was tried automatically so far"),
  TAKEN("who has taken it, and until when"),
  UNSURE("says so if its signals have stopped, or come and go"),
  RUNBOOK("what to do, as the rule says: a link or text"),
  RUNBOOK_LINK("the runbook, if it is a link"),
  LINK("the incident in the console"),
  LABELS("list: the incident's labels; each has {{name}} and {{value}}"),
  LABEL("one label: {{label.team}}"),
  CHANNEL("name of the channel"),
  STANDS_IN_FOR("name of the channel that this one stands in for"),
  AT("when the message is sent");

  private final String meaning;

  Variable(String meaning) {
    this.meaning = meaning;
  }

  /** As it is written in templates: {@code runbookLink}. */
  String key() {
    String[] words = name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder key = new StringBuilder(words[0]);
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      key.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return key.toString();
  }

  /** All of them and what they mean, in an order for people. */
  static Map<String, String> meanings() {
    Map<String, String> all = new LinkedHashMap<>();
    for (Variable variable : values()) {
      all.put(variable.key(), variable.meaning);
    }
    return all;
  }
}
