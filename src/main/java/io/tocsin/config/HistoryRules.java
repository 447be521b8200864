package io.tocsin.config;

import java.net.URI;
import java.util.List;
import java.util.Set;

/** What a JSON schema cannot say of the block {@code history}. */
final class HistoryRules {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final ConfigTree tree;
  private final List<ConfigProblem> problems;

  HistoryRules(ConfigTree tree, List<ConfigProblem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void check(HistorySection history) {
    HistorySection.QuestDb questDb = history.questdb();
    HistorySection.InfluxDb influxDb = history.influxdb();
    if (questDb != null && influxDb != null) {
      add("/history/influxdb", "history is written to questdb already; keep one of the two");
    }
    if (influxDb != null) {
      boolean mayBePlain = influxDb.plainText() || influxDb.token() == null;
      overNetwork("/history/influxdb", influxDb.url(), influxDb.ca(), "token", mayBePlain);
    }
    if (questDb != null) {
      overNetwork("/history/questdb", questDb.url(), questDb.ca(), "password", questDb.plainText());
      if (!isTls(questDb.url()) && !isHere(questDb.sql()) && !questDb.plainText()) {
        add("/history/questdb/sql", wouldShow("password"));
      }
    }
  }

  private void overNetwork(String pointer, URI url, String ca, String secret, boolean mayBePlain) {
    if (isTls(url)) {
      return;
    }
    if (ca != null) {
      add(pointer + "/ca", "is of no use where url is http; write https, or leave ca out");
    }
    if (!mayBePlain && !LOOPBACK.contains(String.valueOf(url.getHost()))) {
      add(pointer + "/url", wouldShow(secret));
    }
  }

  private static String wouldShow(String secret) {
    return "would carry the "
        + secret
        + " through the network for whoever listens; write an https url, with ca if the authority"
        + " is your own, or plain-text: true where nobody can listen";
  }

  private static boolean isTls(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  private static boolean isHere(String hostAndPort) {
    return LOOPBACK.contains(hostAndPort.substring(0, hostAndPort.lastIndexOf(':')));
  }

  private void add(String pointer, String message) {
    problems.add(tree.problem(pointer, message));
  }
}
